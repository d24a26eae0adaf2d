import type { Stop } from './stop.ts';

/**
 * Errors are named by the boundary that was crossed. Each message says what was wrong and what to do
 * next; each keeps its cause. Broken generated code is not among them: that is data (RenderFailure).
 */
export class VerisimError extends Error {
  override readonly name: string = 'VerisimError';
}

/** Wrong use: an option, a configuration file, an input that cannot be read. */
export class ConfigError extends VerisimError {
  override readonly name = 'ConfigError';
}

/** The embedded models cannot do this. How a model is named is for the command line or the service to say. */
export class ModelNeeded extends ConfigError {
  readonly role: 'generator' | 'critic';
  constructor(role: ModelNeeded['role'], why: string) {
    super(`${why}. Choose a model as the ${role}.`);
    this.role = role;
  }
}

/** A model endpoint did not answer, refused, or answered with something that is no reply. */
export class ModelError extends VerisimError {
  override readonly name = 'ModelError';
  /** HTTP status of the last answer, when there was one. */
  readonly status: number | undefined;
  constructor(message: string, options: ErrorOptions & { status?: number } = {}) {
    super(message, options);
    this.status = options.status;
  }
}

/** The critic's side of a run is broken (not: one critique could not be read, which is data). */
export class CriticError extends VerisimError {
  override readonly name = 'CriticError';
}

/** A renderer itself is missing or broken (not: the generated code failed, which is data). */
export class RenderError extends VerisimError {
  override readonly name = 'RenderError';
}

/** Generated code could not be isolated, so it was not run. */
export class SandboxError extends VerisimError {
  override readonly name = 'SandboxError';
}

/** A dataset's file or layout is wrong. */
export class DatasetError extends VerisimError {
  override readonly name = 'DatasetError';
}

/** A call was not made, as it would have gone beyond a budget. Ends a run by its stop reason, not as a failure. */
export class BudgetReached extends VerisimError {
  override readonly name = 'BudgetReached';
  readonly stop: Stop;
  constructor(stop: Stop) {
    super(stop.message);
    this.stop = stop;
  }
}
