// Validates JSON documents against a published schema and prints what it saw, as JSON: how many
// were checked, how many of their copies with one wrong member were refused, and complaints.
//   check_documents.mjs SCHEMA FILE...   a file: one document, or one a line when it is .ndjson
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';

const [schema, ...files] = process.argv.slice(2);
const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: true });
addFormats(ajv);
const check = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')));
const seen = { checked: 0, refused: 0, complaints: [] };

for (const file of files) {
  const text = readFileSync(file, 'utf8');
  const documents = file.endsWith('.ndjson') ? text.trimEnd().split('\n') : [text];
  for (const document of documents.map((one) => JSON.parse(one))) {
    seen.checked += 1;
    if (!check(document)) seen.complaints.push(`${file}: ${JSON.stringify(check.errors)}`);
    for (const member of Object.keys(document)) {
      const { [member]: _, ...without } = document;
      const broken = [{ ...document, [member]: { wrong: 1 } }, { ...without, [`${member}_`]: 1 }];
      for (const one of broken) {
        if (check(one)) seen.complaints.push(`${file}: lax about ${member}`);
        else seen.refused += 1;
      }
    }
  }
}
console.log(JSON.stringify(seen));
