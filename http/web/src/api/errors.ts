/// A refusal as a value: what the server said, or that nobody answered.

import type { Failure, FieldFault } from '../contract';

export class ApiError extends Error {
  constructor(
    /// HTTP status; 0 if there was no answer.
    readonly status: number,
    /// What code branches on: the server's, or "unreachable".
    readonly code: string,
    message: string,
    readonly details: readonly FieldFault[] = [],
    readonly requestId = '',
    /// Seconds to wait, if the server said so.
    readonly retryAfter: number | null = null,
  ) {
    super(message);
  }
}

export const unreachable = (): ApiError => new ApiError(0, 'unreachable', '');

/// The error in an answer; tolerates a proxy's page in its place.
export async function readFailure(answer: Response): Promise<ApiError> {
  const retryAfter = Number.parseInt(answer.headers.get('Retry-After') ?? '', 10);
  const wait = Number.isNaN(retryAfter) ? null : retryAfter;
  try {
    const body = (await answer.json()) as Failure;
    const { code, message, details } = body.error;
    return new ApiError(answer.status, code, message, details ?? [], body.request_id, wait);
  } catch {
    return new ApiError(answer.status, 'unreadable', '', [], '', wait);
  }
}
