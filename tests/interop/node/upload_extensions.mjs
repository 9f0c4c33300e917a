// Uses the extensions of tus with tus-js-client, a client that shares no code with sfmkit.
//
// node upload_extensions.mjs URL FILE STORAGE
//
// Uploads FILE once in each way and prints one JSON line for each: its name, the URL, the error if
// there was one, and the requests with what they and their answers said. STORAGE is a file in which
// the client remembers what it began.

import { createReadStream } from 'node:fs'
import { PassThrough } from 'node:stream'
import * as tus from 'tus-js-client'

const [endpoint, file, storage] = process.argv.slice(2)
const chunkSize = 256 * 1024
// A request that was given up may still hold the upload when the next one comes.
const retryDelays = [50, 100, 200, 400, 800, 1600]
const wholeFile = 64 * 1024 * 1024
const urlStorage = new tus.FileUrlStorage(storage)

function describe(request, response) {
  const told = { method: request.getMethod(), url: request.getURL(), status: response.getStatus() }
  const asked = ['Upload-Concat', 'Upload-Length', 'Upload-Defer-Length', 'X-HTTP-Method-Override']
  for (const name of asked) {
    const value = request.getHeader(name)
    if (value !== undefined) told[name] = String(value)
  }
  const offset = response.getHeader('Upload-Offset')
  if (offset !== undefined && offset !== null) told.offset = offset
  return told
}

// The end of an upload; abortBehind ends it after so many bytes.
function run(options, { abortBehind, terminate, resume, input = createReadStream(file) } = {}) {
  const requests = []
  let running
  return new Promise((resolve) => {
    let over = false
    const end = (extra) => resolve({ url: running.url, requests, ...extra })
    running = new tus.Upload(input, {
      endpoint,
      chunkSize,
      urlStorage,
      retryDelays,
      metadata: { name: 'patient.pat', contentType: 'application/octet-stream' },
      onAfterResponse: (request, response) => requests.push(describe(request, response)),
      onError: (error) => end({ error: String(error.message) }),
      onSuccess: () => end({}),
      onProgress: (sent) => {
        if (over || abortBehind === undefined || sent < abortBehind) return
        over = true
        running.abort(terminate).then(() => end({}), (error) => end({ error: String(error) }))
      },
      ...options,
    })
    if (resume) running.resumeFromPreviousUpload(resume)
    running.start()
  })
}

// The client writes down what it began while it goes on.
async function remembered() {
  const asking = new tus.Upload(createReadStream(file), { endpoint, urlStorage })
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const [previous] = await asking.findPreviousUploads()
    if (previous) return previous
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('the client does not remember what it began')
}

async function continued(options) {
  const first = await run(options, { abortBehind: 3 * chunkSize })
  const resume = await remembered()
  const second = await run({ ...options, removeFingerprintOnSuccess: true }, { resume })
  return { ...second, before: first.requests }
}

async function removed(end) {
  const { url, requests } = await end()
  const left = await fetch(url, { method: 'HEAD', headers: { 'Tus-Resumable': '1.0.0' } })
  return { url, requests, left: left.status }
}

// Nobody knows how long a pipe is; for a file this client announces a last chunk that is too long.
function deferred(options) {
  const input = createReadStream(file).pipe(new PassThrough())
  return run({ ...once, uploadLengthDeferred: true, ...options }, { input })
}

const once = { storeFingerprintForResuming: false }
const ways = {
  data_in_creation: () => run({ ...once, uploadDataDuringCreation: true, chunkSize: wholeFile }),
  first_chunk_in_creation: () => run({ ...once, uploadDataDuringCreation: true }),
  method_override: () => run({ ...once, overridePatchMethod: true }),
  deferred_in_one: () => deferred({ chunkSize: wholeFile }),
  deferred_in_many: () => deferred({}),
  three_parts: () => run({ ...once, parallelUploads: 3 }),
  continued: () => continued({}),
  continued_parts: () => continued({ parallelUploads: 2, chunkSize: chunkSize / 2 }),
  terminated_midway: () =>
    removed(() => run(once, { abortBehind: 2 * chunkSize, terminate: true })),
  terminated_when_done: () =>
    removed(async () => {
      const done = await run(once)
      await tus.Upload.terminate(done.url, {
        retryDelays,
        onAfterResponse: (request, response) => done.requests.push(describe(request, response)),
      })
      return done
    }),
}

for (const [name, way] of Object.entries(ways)) {
  console.log(JSON.stringify({ name, ...(await way()) }))
}
