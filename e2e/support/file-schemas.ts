import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from '@playwright/test';
import { readFileSync } from 'node:fs';

function validatorOf(name: 'photo' | 'session') {
  const schema = readFileSync(new URL(`../../docs/schema/${name}.schema.json`, import.meta.url), 'utf8');
  return new Ajv2020({ allowUnionTypes: true, allErrors: true }).compile(JSON.parse(schema) as object);
}

const VALIDATORS = { photo: validatorOf('photo'), session: validatorOf('session') };

/** Expects a JSON file of the app or the API to match its schema in `docs/schema`. */
export function expectDocumented(file: unknown): void {
  const validate = VALIDATORS[typeof file === 'object' && file !== null && 'results' in file ? 'session' : 'photo'];
  validate(file);
  expect(validate.errors).toBeNull();
}
