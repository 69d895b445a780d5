export { problemPages } from './problems/problem-pages.ts';
export { crossOrigin, crossOriginSettings, type CrossOriginOptions } from './response/cross-origin.ts';
export { type Answer, type Delta, type Timing } from './response/answer.ts';
export { bodyLimits, bodySettings } from './request/body-settings.ts';
export { currentTag, requireMatch } from './response/validators/current-tag.ts';
export { parseEntityTags, withoutCoding, type EntityTag } from './response/validators/entity-tag.ts';
export { parseFields, type FieldSelection } from './view/field-selection.ts';
export { flatten, unflatten, type FlatView } from './view/flat-form.ts';
export { jsonBody, type BodyLimits, type JsonBodyOptions } from './request/json-body.ts';
export { type Json, type JsonObject, type JsonOf } from './view/json.ts';

export { methodNotAllowed, notFound } from './problems/not-found.ts';
export { createPaging, type Page, type Paging, type PagingOptions } from './request/paging.ts';
export { publicDocument } from './response/public-document.ts';
export { sendProblem } from './problems/problem-answer.ts';
export { problemHandler, toProblem, type ProblemHandlerOptions } from './problems/problem-handler.ts';
export { resourceId } from './request/resource-id.ts';
export { securityHeaders } from './response/security-headers.ts';
export { selectFields } from './view/select-fields.ts';
export { type AccessDate, type AccessDateOf } from './response/validators/modification-date.ts';
export { createSender, type Sender, type SenderOptions } from './response/sender.ts';
export {
  defineShape,
  type AnswerMeta,
  type Shape,
  type ShapeDefinition,
  type Shaped,
  type ShapeRequest,
} from './view/shape.ts';
export { stripNulls } from './view/strip-nulls.ts';
export { validateResponse, type AnswerSchema } from './view/validate-response.ts';
export { createPageCursors, type PageCursors } from './request/page-cursor.ts';
export { emptyAnswer, headersOf, jsonAnswer } from './openapi/answers.ts';
export { describeApi, type ApiDescription, type ApiOperation } from './openapi/describe-api.ts';
export { apiReference, type ApiReferenceOptions } from './openapi/api-reference.ts';
export { reference, type JsonNode } from './openapi/json-node.ts';
export { mapReferences } from './openapi/map-references.ts';
export { answerObject, inputSchema, namedSchemas, withMeta } from './openapi/named-schemas.ts';
export { apiParameters } from './openapi/parameters.ts';
export { html, Html } from './pages/html.ts';
export { pageNegotiationFields, wantsPage, wordsFor } from './pages/negotiate-page.ts';
export { createPage, sendPage, type Page as HtmlPage, type PageContent } from './pages/page.ts';
