export { jsonSchemaOf, plain, sampleOf, type JsonSchema, type PlainSchema } from '@bff/upstream-clients';
