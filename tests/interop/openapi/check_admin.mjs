// Validates the description of the admin API, asks every operation and checks the answers against
// it. Prints what it saw as JSON.
//   check_admin.mjs ADMIN_URL UPLOAD_ID
import { Validator } from '@seriousme/openapi-schema-validator';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import vm from 'node:vm';

const [base, upload] = process.argv.slice(2);
const complaints = [];
const checked = {};

const description = await (await fetch(`${base}/openapi.json`)).json();
const verdict = await new Validator().validate(structuredClone(description));
if (!verdict.valid) complaints.push(`description: ${JSON.stringify(verdict.errors)}`);

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema({ $id: 'api', ...description });
const checks = (name) => ajv.getSchema(`api#/components/schemas/${name}`);
const pointer = (reference) => reference.split('/').at(-1);

const fault = { point: 'head', match: { method: 'DELETE' }, action: { do: 'answer', status: 503 } };
const bodies = { armFault: [fault, { faults: [fault, fault] }], advanceClock: [{ advance: '1s' }] };

async function ask(method, path, operation, id, body) {
  const url = base + path.replace('{id}', id);
  const headers = method === 'GET' ? {} : { 'Content-Type': 'application/json' };
  const answer = await fetch(url, {
    method, headers, body: method === 'GET' ? undefined : JSON.stringify(body ?? {}),
    signal: AbortSignal.timeout(20000),
  });
  const good = Object.keys(operation.responses).find((status) => status !== 'default');
  const expected = operation.responses[String(answer.status)] ?? operation.responses.default;
  const [type, content] = Object.entries(expected.content)[0];
  if (!answer.headers.get('content-type').startsWith(type)) {
    complaints.push(`${operation.operationId}: ${answer.headers.get('content-type')}`);
  }
  if (type === 'text/event-stream') {
    await answer.body.cancel();
  } else if (type === 'application/json') {
    const told = await answer.json();
    const check = checks(pointer(content.schema.$ref));
    if (!check(told)) complaints.push(`${operation.operationId}: ${JSON.stringify(check.errors)}`);
    // The schema has to notice a member of another type.
    const first = Object.keys(told)[0];
    if (good === String(answer.status) && check({ ...told, [first]: { wrong: 1 } })) {
      if (operation.operationId !== 'openApi') complaints.push(`${operation.operationId}: lax`);
    }
  } else {
    await answer.text();
  }
  (checked[operation.operationId] ??= []).push(answer.status);
}

// The page brings what it shows at first, and a script that can be read.
const page = await (await fetch(`${base}/`)).text();
const first = /<script type="application\/json" id="first">([^<]*)<\/script>/.exec(page);
if (!first || !checks('Overview')(JSON.parse(first[1]))) complaints.push('the page has no overview');
new vm.Script(await (await fetch(`${base}/dashboard.js`)).text());

const last = ['reset'];
const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => [method.toUpperCase(), path, operation]));
operations.sort((a, b) => last.includes(a[2].operationId) - last.includes(b[2].operationId));
const ids = { showUpload: upload, expireUpload: upload, removeUpload: upload, showRequest: '1' };
for (const [method, path, operation] of operations) {
  // What removes an upload comes behind what looks at it.
  if (operation.operationId === 'removeUpload' || operation.operationId === 'clearFault') continue;
  for (const body of bodies[operation.operationId] ?? [undefined]) {
    await ask(method, path, operation, ids[operation.operationId] ?? '1', body);
  }
}
for (const [method, path, operation] of operations) {
  const id = operation.operationId;
  // Both are gone after the reset: refusals have a schema too.
  if (id === 'removeUpload' || id === 'clearFault') await ask(method, path, operation, 'gone');
}
console.log(JSON.stringify({ complaints, checked, operations: operations.length }));
