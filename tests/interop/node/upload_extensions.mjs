// Uses extensions of tus with tus-js-client, a client that shares no code with sfmkit.
//
// node upload_extensions.mjs URL FILE WAY...
//
// Uploads FILE once for each WAY and prints one JSON line for each: where the upload is, and which
// requests it took, as method and the headers that the extension is about.

import { readFileSync } from 'node:fs'
import * as tus from 'tus-js-client'

const [url, file, ...ways] = process.argv.slice(2)
const chunkSize = 256 * 1024
const telling = ['Upload-Concat', 'Upload-Defer-Length', 'Upload-Length', 'Upload-Offset']

const optionsOf = {
  'creation-with-upload': { uploadDataDuringCreation: true },
  'creation-defer-length': { uploadLengthDeferred: true },
  concatenation: { parallelUploads: 3 },
  termination: {},
}

function requestsInto(list) {
  return (request) => {
    const headers = {}
    for (const name of telling) {
      const value = request.getHeader(name)
      if (value !== undefined) headers[name] = String(value)
    }
    list.push({ method: request.getMethod(), headers })
  }
}

function upload(way) {
  const requests = []
  return new Promise((resolve, reject) => {
    const done = () => resolve({ way, url: running.url, requests })
    const running = new tus.Upload(readFileSync(file), {
      endpoint: url,
      chunkSize,
      retryDelays: null,
      metadata: { name: way },
      onBeforeRequest: requestsInto(requests),
      onChunkComplete: () => {
        if (way === 'termination') running.abort(true).then(done, reject)
      },
      onError: reject,
      onSuccess: done,
      ...optionsOf[way],
    })
    running.start()
  })
}

for (const way of ways) console.log(JSON.stringify(await upload(way)))
