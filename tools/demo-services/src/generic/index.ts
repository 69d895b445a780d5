export { jsonSchemaOf, plain, type JsonSchema, type PlainSchema } from './json-schema.ts';
export { sampleOf } from './sample-of.ts';
