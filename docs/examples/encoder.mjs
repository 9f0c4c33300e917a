// Encrypts one plain file and uploads it; run again after any failure, it goes on.
//
// node encoder.mjs PLAIN SEALED CERTIFICATE URL SESSION
// node encoder.mjs ExportData.zip ExportData.dat recipient.cer http://127.0.0.1:8080/files <guid>
import { constants, createCipheriv, createHash, publicEncrypt, randomBytes, X509Certificate } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { open, rename, stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'

const chunkBytes = 512 * 1024
const fileTypes = { '.dat': 'OrganizationFile', '.pat': 'PatientFile', '.rpt': 'ReportFile' }
const tryAgain = new Set([0, 408, 409, 423, 425, 429, 460]) // 0: no answer; 5xx too
const base64 = (text) => Buffer.from(text).toString('base64')

async function seal(plain, sealed, certificate) {
  const recipient = new X509Certificate(readFileSync(certificate)).publicKey
  const [key, iv] = [randomBytes(32), randomBytes(16)] // new ones for every file
  // Node takes the hash of OAEP for MGF1 as well, which is what the format wants.
  const padding = constants.RSA_PKCS1_OAEP_PADDING
  const wrapped = publicEncrypt({ key: recipient, padding, oaepHash: 'sha512' }, key)
  const extension = Buffer.from(base64(sealed.endsWith('.rpt') ? 'xps' : 'zip')) // of the plain file
  const lengths = Buffer.alloc(12)
  ;[wrapped, iv, extension].forEach((field, n) => lengths.writeUInt32LE(field.length, 4 * n))
  const target = createWriteStream(sealed + '.partial')
  target.write(Buffer.concat([lengths, wrapped, iv, extension]))
  await pipeline(createReadStream(plain), createCipheriv('aes-256-cbc', key, iv), target) // PKCS#7
  await rename(sealed + '.partial', sealed) // a file under its final name is complete
}

async function request(method, url, headers, body) {
  try {
    return await fetch(url, {
      method, body, redirect: 'manual', signal: AbortSignal.timeout(60_000),
      headers: { 'Tus-Resumable': '1.0.0', ...headers },
    })
  } catch {
    return { status: 0 }
  }
}

async function create(sealed, url, session) {
  const name = basename(sealed)
  const fields = { name, contentType: 'application/octet-stream', FileType: fileTypes[extname(name)], SessionId: session }
  const answer = await request('POST', url, {
    'Upload-Length': String((await stat(sealed)).size),
    'Upload-Metadata': Object.entries(fields).map(([k, v]) => `${k} ${base64(v)}`).join(','),
  })
  if (answer.status !== 201) throw new Error(`POST ${url}: ${answer.status || 'no answer'}`)
  return new URL(answer.headers.get('Location'), url).href
}

async function send(sealed, upload, offset) {
  const file = await open(sealed)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(chunkBytes), 0, chunkBytes, offset)
  await file.close()
  const chunk = buffer.subarray(0, bytesRead)
  return request('PATCH', upload, {
    'Upload-Offset': String(offset),
    'Upload-Checksum': 'sha1 ' + createHash('sha1').update(chunk).digest('base64'),
    'Content-Type': 'application/offset+octet-stream',
  }, chunk)
}

const [plain, sealed, certificate, url, session] = process.argv.slice(2)
if (!existsSync(sealed)) await seal(plain, sealed, certificate) // never twice: the bytes would be others
const memory = sealed + '.upload'
let offset = existsSync(memory) ? null : 0 // null: only the server knows
const upload = offset === null ? readFileSync(memory, 'utf8') : await create(sealed, url, session)
writeFileSync(memory, upload)
const size = (await stat(sealed)).size
for (let tries = 0, highest = 0; offset !== size;) {
  const method = offset === null ? 'HEAD' : 'PATCH'
  const answer = await (offset === null ? request('HEAD', upload, {}) : send(sealed, upload, offset))
  const good = answer.status === (offset === null ? 200 : 204)
  const told = Number((good && answer.headers.get('Upload-Offset')) || NaN)
  const [least, most] = offset === null ? [0, size] : [offset + 1, Math.min(offset + chunkBytes, size)]
  if (told >= least && told <= most) {
    offset = told
    if (offset > highest) [highest, tries] = [offset, 0]
    continue
  }
  offset = null // in doubt: ask before sending anything
  const transient = good || tryAgain.has(answer.status) || answer.status >= 500
  const gone = answer.status === 404 || answer.status === 410 ? `; remove ${memory} to begin anew` : ''
  if (++tries > 9 || !transient) throw new Error(`${method} ${upload}: ${answer.status || 'no answer'}${gone}`)
  await pause(Math.min(30_000, 250 * 2 ** tries))
}
console.log('uploaded', sealed, 'as', upload)
