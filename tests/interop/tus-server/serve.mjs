// Serves uploads with @tus/server, a tus server that shares no code with sfmkit, until it is killed.
//
// node serve.mjs PORT FOLDER READY_FILE [GATHER]
//
// PORT 0 takes a free one; READY_FILE gets the port when it accepts. FOLDER outlives the server. With
// GATHER no byte of a patient file is taken before so many of them are begun. The server offers no
// checksum and names no expiry.

import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { FileStore } from '@tus/file-store'
import { Server } from '@tus/server'

const [port, folder, ready, gather] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })

const begun = new Set()
let release
const gathered = new Promise((resolve) => (release = resolve))

const tus = new Server({
  path: '/files',
  relativeLocation: true,
  datastore: new FileStore({ directory: folder }),
  async onUploadCreate(request, upload) {
    if (upload.metadata.FileType !== 'PatientFile') return {}
    begun.add(upload.id)
    if (begun.size === Number(gather)) {
      console.log(`${begun.size} in flight`)
      release()
    }
    return {}
  },
  async onIncomingRequest(request, id) {
    if (gather && request.method === 'PATCH' && begun.has(id)) await gathered
  },
})

const server = tus.listen({ host: '127.0.0.1', port: Number(port) }, () => {
  writeFileSync(ready + '.new', String(server.address().port))
  renameSync(ready + '.new', ready)
})
