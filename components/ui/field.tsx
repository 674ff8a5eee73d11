import { type ComponentProps, type ReactNode, useId } from "react";
import { classNames } from "./class-names";
import { TextInput } from "./text-input";

interface FieldProps extends Omit<ComponentProps<"input">, "id"> {
  label: ReactNode;
  /** More about what is wanted, below the input. */
  hint?: ReactNode;
  /** What is wrong with what was given. */
  problem?: string | null;
  mono?: boolean;
}

/** A labelled line of text. */
export function Field({ label, hint, problem, mono = false, ...input }: FieldProps) {
  const id = useId();
  const says = problem ?? hint ?? null;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <span className={classNames("input", problem && "bad")}>
        <TextInput
          {...input}
          id={id}
          className={classNames(mono && "mono")}
          aria-invalid={problem ? true : undefined}
          aria-describedby={says === null ? undefined : `${id}-says`}
        />
      </span>
      {says === null ? null : (
        <p id={`${id}-says`} className={problem ? "tone-danger" : "tone-muted"}>
          {says}
        </p>
      )}
    </div>
  );
}
