import { parseEvent, type Step } from "../../workflow/index.ts";
import { type LanguageHost, stepsAbove } from "./host.ts";
import { observeExports } from "./observed-exports.ts";
import { anything, type Shape, shapeOf } from "./stubs/shape.ts";
import type { StepContext, StepFacts } from "./stubs/step-stub.ts";

/** A longer event isn't parsed while somebody types. Characters. */
const LONGEST_EVENT = 1_000_000;

export interface StepContexts {
  /**
   * What a step can read, as far as it is known; `code` is the step's, as it stands in the editor. The same object as before as long as
   * it is the same.
   */
  of(step: Step, code: string): StepContext;
  /** Something that steps can read has changed. */
  update(): void;
  dispose(): void;
}

/** Puts together what steps can read; `onKnown` is called when more is known than `of` could say. */
export function createStepContexts(host: LanguageHost, onKnown: () => void): StepContexts {
  const fields = new Map<string, readonly string[] | null>();
  const exports = observeExports(host, onKnown);
  const unseen = new Map<string, StepFacts>();
  const last = new Map<string, StepContext>();
  let event: { readonly text: string; readonly shape: Shape } | null = null;

  function eventShape(): Shape {
    const text = host.workflow().trigger.eventText;
    if (event?.text !== text) {
      const parsed = text.length > LONGEST_EVENT ? null : parseEvent(text);
      // While it is no JSON, its last shape goes on.
      const shape =
        parsed === null ? anything : parsed.ok ? shapeOf(parsed.value) : (event?.shape ?? anything);
      event = { text, shape };
    }
    return event.shape;
  }

  function fieldsOf(app: string): readonly string[] | null {
    const known = fields.get(app);
    if (known !== undefined) return known;
    fields.set(app, null);
    void host
      .appFields(app)
      .then((names) => {
        fields.set(app, names);
        onKnown();
      })
      .catch(() => {
        // Whoever needs the app says so; here only its properties are missing.
      });
    return null;
  }

  /** Facts of a step that nothing is looked up of. */
  function onlyNamed(name: string): StepFacts {
    const facts = unseen.get(name) ?? { name, exports: null, complete: false, written: [] };
    unseen.set(name, facts);
    return facts;
  }

  return {
    of(step, code) {
      const context = {
        // A hundred steps have a hundred shapes: those that the code doesn't name are only named.
        above: stepsAbove(host.workflow(), step.id).map((other) =>
          code.includes(other.name) ? exports.factsOf(other) : onlyNamed(other.name),
        ),
        event: eventShape(),
        apps: step.apps.map(({ app }) => ({ app, fields: fieldsOf(app) })),
        dataStore: step.dataStore !== null,
      };
      const before = last.get(step.id);
      if (before !== undefined && isSame(before, context)) return before;
      last.set(step.id, context);
      return context;
    },
    update: () => exports.update(host.workflow().steps),
    dispose: () => exports.dispose(),
  };
}

function isSame(a: StepContext, b: StepContext): boolean {
  return (
    a.event === b.event &&
    a.dataStore === b.dataStore &&
    isEach(a.above, b.above, (one, other) => one === other) &&
    isEach(a.apps, b.apps, (one, other) => one.app === other.app && one.fields === other.fields)
  );
}

function isEach<T>(a: readonly T[], b: readonly T[], same: (one: T, other: T) => boolean): boolean {
  return a.length === b.length && a.every((one, index) => same(one, b[index] as T));
}
