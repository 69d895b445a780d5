import {
  acceptedContent,
  CLIENT_CAPABILITIES_META_KEY,
  inputRequired,
  inputResponse,
  type InputRequiredResult,
  type ServerContext,
} from '@modelcontextprotocol/server';

/**
 * The user's decision on an irreversible write, which a client asks for by the protocol's elicitation (revision
 * 2026-07-28, "Multi Round-Trip Requests").
 *
 * - `unsupported`: the client cannot ask its user.
 * - `pending`: the client can ask its user, but has not done so yet.
 * - `declined`: the user declined, or closed the form.
 * - `accepted`: the user agreed; `state` is the text that was sent with the question, as the client returned
 * it.
 */
export type UserConsent =
  | { readonly kind: 'unsupported' | 'pending' | 'declined' }
  | { readonly kind: 'accepted'; readonly state: string };

const question = 'consent';

/** Reads the decision from a call. */
export function userConsentOf({ mcpReq }: Pick<ServerContext, 'mcpReq'>): UserConsent {
  const { inputResponses: responses, envelope } = mcpReq;
  const capabilities = envelope?.[CLIENT_CAPABILITIES_META_KEY as never] as
    { readonly elicitation?: { readonly form?: object; readonly url?: object } } | undefined;
  const { elicitation } = capabilities ?? {};
  // The capability `{}` means that the client supports forms (specification, "Elicitation", capabilities).
  if (!elicitation || (elicitation.url && !elicitation.form)) return { kind: 'unsupported' };
  const response = inputResponse(responses, question);
  if (response.kind !== 'elicit') return { kind: 'pending' };
  const state = mcpReq.requestState();
  const isAccepted = acceptedContent<{ agree?: unknown }>(responses, question)?.agree === true;
  return isAccepted && typeof state === 'string' ? { kind: 'accepted', state } : { kind: 'declined' };
}

/**
 * Returns the result that makes a client ask its user.
 * @param state a text that the client sends back together with the user's decision
 */
export const askUser = (message: string, state: string): InputRequiredResult =>
  inputRequired({
    inputRequests: {
      [question]: inputRequired.elicit({
        message,
        requestedSchema: {
          type: 'object',
          properties: { agree: { type: 'boolean', title: 'Yes, do it', default: false } },
          required: ['agree'],
        },
      }),
    },
    requestState: state,
  });
