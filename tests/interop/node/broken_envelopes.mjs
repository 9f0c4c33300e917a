// Writes one encrypted file for each mistake that exporters make, with Node's own crypto. A writer
// apart from the C++ code and from its recipes: the layout is that of the published description.
// usage: node broken_envelopes.mjs PLAINTEXT PUBLIC_KEY.pem OTHER_PUBLIC_KEY.pem OUT_FOLDER

import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

const [plaintextFile, publicKeyFile, otherKeyFile, outFolder] = process.argv.slice(2);
const plaintext = fs.readFileSync(plaintextFile);
const right = fs.readFileSync(publicKeyFile, 'utf8');
const other = fs.readFileSync(otherKeyFile, 'utf8');

const oaep = (oaepHash) => ({ padding: crypto.constants.RSA_PKCS1_OAEP_PADDING, oaepHash });
const littleEndian = (value) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const bigEndian = (value) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

function envelope(mistake = {}) {
  const options = {
    content: plaintext,
    recipient: right,
    wrap: oaep('sha512'),
    length: littleEndian,
    extension: Buffer.from(Buffer.from('zip').toString('base64')),
    withExtension: true,
    cipher: 'aes-256-cbc',
    ivBytes: 16,
    keyBytes: 32,
    final: true,
    autoPadding: true,
    wrapped: (key) => key,
    ivWritten: (iv) => iv,
    ...mistake,
  };
  const key = crypto.randomBytes(options.keyBytes);
  const iv = crypto.randomBytes(options.ivBytes);
  const cipher = crypto.createCipheriv(options.cipher, key, options.cipher.endsWith('ecb') ? null : iv);
  if (!options.autoPadding) cipher.setAutoPadding(false);
  let content = options.content;
  if (!options.autoPadding) content = Buffer.concat([content, Buffer.alloc(16 - (content.length % 16))]);
  const ciphertext = Buffer.concat([
    cipher.update(content),
    options.final ? cipher.final() : Buffer.alloc(0),
  ]);
  const wrappedKey = crypto.publicEncrypt(
    { key: options.recipient, ...options.wrap }, options.wrapped(key, iv));
  const lengths = [wrappedKey.length, iv.length];
  if (options.withExtension) lengths.push(options.extension.length);
  return Buffer.concat([
    ...lengths.map(options.length),
    wrappedKey,
    options.ivWritten(iv),
    options.withExtension ? options.extension : Buffer.alloc(0),
    ciphertext,
  ]);
}

const files = {
  right: () => envelope(),
  'oaep-sha256': () => envelope({ wrap: oaep('sha256') }),
  'oaep-sha1': () => envelope({ wrap: { padding: crypto.constants.RSA_PKCS1_OAEP_PADDING } }),
  'pkcs1-v15': () => envelope({ wrap: { padding: crypto.constants.RSA_PKCS1_PADDING } }),
  'big-endian-lengths': () => envelope({ length: bigEndian }),
  'raw-extension': () => envelope({ extension: Buffer.from('zip') }),
  'raw-extension-with-dot': () => envelope({ extension: Buffer.from('.zip') }),
  'legacy-layout': () => envelope({ withExtension: false }),
  'missing-last-block': () => envelope({ final: false }),
  'other-block-padding': () => envelope({ autoPadding: false }),
  'base64-of-file': () => Buffer.from(envelope().toString('base64')),
  'base64-with-line-ends': () =>
    Buffer.from(envelope().toString('base64').replace(/.{76}/g, '$&\r\n')),
  'gzip-of-file': () => zlib.gzipSync(envelope()),
  'utf16-of-file': () => Buffer.from('\ufeff' + envelope().toString('latin1'), 'utf16le'),
  'bytes-as-text': () => Buffer.from(envelope().toString('utf8'), 'utf8'),
  'gzip-inside': () => envelope({ content: zlib.gzipSync(plaintext) }),
  'double-encryption': () => envelope({ content: envelope() }),
  'double-encryption-in-base64': () =>
    envelope({ content: Buffer.from(envelope().toString('base64')) }),
  'utf16-inside': () =>
    envelope({ content: Buffer.from('\ufeff<?xml version="1.0"?><PasientExport/>', 'utf16le') }),
  'base64-inside': () => envelope({ content: Buffer.from(plaintext.toString('base64')) }),
  'xml-inside': () => envelope({ content: Buffer.from('<?xml version="1.0"?><PasientExport/>') }),
  'other-content': () => envelope({ content: Buffer.from('no archive at all') }),
  'wrong-recipient': () => envelope({ recipient: other }),
  'gcm-iv': () => envelope({ cipher: 'aes-256-gcm', ivBytes: 12 }),
  'wrong-cipher': () => envelope({ cipher: 'aes-256-ecb' }),
  'wrong-iv': () => envelope({ ivWritten: () => crypto.randomBytes(16) }),
  'aes-128': () => envelope({ cipher: 'aes-128-cbc', keyBytes: 16 }),
  'key-with-iv': () => envelope({ wrapped: (key, iv) => Buffer.concat([key, iv]) }),
  'key-as-text': () => envelope({ wrapped: (key) => Buffer.from(key.toString('base64')) }),
  'plain-file': () => plaintext,
  'plain-gzip': () => zlib.gzipSync(plaintext),
  'plain-base64': () => Buffer.from(plaintext.toString('base64')),
  'plain-utf16': () => Buffer.from('<?xml version="1.0" encoding="utf-16"?><a/>', 'utf16le'),
};

for (const [name, make] of Object.entries(files)) {
  fs.writeFileSync(path.join(outFolder, `${name}.pat`), make());
}
