// Validates a HAR file with har-validator and prints what stands in it, as JSON.
//   check_har.mjs FILE
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const validate = createRequire(import.meta.url)('har-validator/lib/promise.js');
const har = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const seen = { valid: true, complaints: [], entries: [] };
try {
  await validate.har(har);
} catch (refusal) {
  seen.valid = false;
  seen.complaints = (refusal.errors ?? [refusal]).map((one) => `${one.dataPath} ${one.message}`);
}
for (const { request, response } of har.log.entries ?? []) {
  seen.entries.push({
    method: request.method,
    path: new URL(request.url).pathname,
    status: response.status,
    sent: request.bodySize,
    size: response.content.size,
    fields: request.headers.map((field) => field.name.toLowerCase()),
  });
}
console.log(JSON.stringify(seen));
