// Uploads files with tus-js-client, a client that shares no code with sfmkit.
//
// node upload_files.mjs URL INTERRUPTED FILE...
//
// The file whose name is INTERRUPTED is aborted in the middle of a request and resumed by a new
// upload that asks for the offset. Prints one JSON line for each file.

import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import * as tus from 'tus-js-client'

const [url, interrupted, ...files] = process.argv.slice(2)
const chunkSize = 512 * 1024

function upload(file, extra, onProgress) {
  return new Promise((resolve, reject) => {
    let offsetAtStart = null
    const options = {
      endpoint: url,
      chunkSize,
      retryDelays: [100, 200, 400, 800],
      metadata: { name: basename(file), contentType: 'application/octet-stream' },
      onAfterResponse: (request, response) => {
        if (request.getMethod() === 'HEAD') offsetAtStart = response.getHeader('Upload-Offset')
      },
      onProgress: (sent) => onProgress?.(running, sent, resolve),
      onError: reject,
      onSuccess: () => resolve({ url: running.url, offsetAtStart }),
      ...extra,
    }
    const running = new tus.Upload(createReadStream(file), options)
    running.start()
  })
}

function abortBehind(bytes) {
  let aborted = false
  return (running, sent, resolve) => {
    if (aborted || sent < bytes) return
    aborted = true
    running.abort().then(() => resolve({ url: running.url }))
  }
}

async function uploadOne(file) {
  if (basename(file) !== interrupted) return upload(file, {})
  const first = await upload(file, {}, abortBehind(chunkSize + chunkSize / 4))
  return upload(file, { uploadUrl: first.url })
}

for (const file of files) {
  const done = await uploadOne(file)
  console.log(JSON.stringify({ name: basename(file), ...done }))
}
