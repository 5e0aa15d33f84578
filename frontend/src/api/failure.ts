/** Why a call did not work, in the service's own words where it has any. */
export class ApiFailure extends Error {
  /**
   * @param status the HTTP status; 0 if there was no answer at all
   * @param code the service's stable name of the failure
   * @param param the field it is about, if it is about one
   * @param requestId to look it up in the service's log
   * @param retryAfter how many seconds the service asks to wait, if it does
   * @param body what was answered besides
   */
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly param: string | null = null,
    readonly requestId: string | null = null,
    readonly retryAfter: number | null = null,
    readonly body: Record<string, unknown> = {},
  ) {
    super(message)
    this.name = 'ApiFailure'
  }

  /** Whether nobody answered: the network, or the service is not running. */
  get isOffline(): boolean {
    return this.status === 0
  }

  /** Whether the session is over, so that the password is asked for again. */
  get isSessionOver(): boolean {
    return this.status === 401
  }

  /** What to hand to whoever helps: nothing secret. */
  get details(): string {
    return [`${this.status} ${this.code}`, this.message, this.requestId && `request ${this.requestId}`]
      .filter(Boolean)
      .join('\n')
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Reads a failed answer: OpenAI's envelope, or whatever a proxy in between wrote. */
export async function failureOf(response: Response): Promise<ApiFailure> {
  const body = await response
    .json()
    .then((json: unknown) => (isRecord(json) ? json : {}))
    .catch(() => ({}) as Record<string, unknown>)
  const error = isRecord(body.error) ? body.error : {}
  const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN)
  return new ApiFailure(
    response.status,
    text(error.code) ?? text(body.error) ?? `http_${response.status}`,
    text(error.message) ?? text(body.error_description) ?? text(body.detail) ?? response.statusText,
    text(error.param),
    response.headers.get('x-request-id'),
    Number.isFinite(retryAfter) ? retryAfter : null,
    body,
  )
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
