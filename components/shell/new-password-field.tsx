import { Field } from "@/components/ui/field";
import { NewPassword } from "@/lib/domain/people/person";

/** What is wrong with a password that is to be set; null: nothing, or nothing is typed yet. */
export function newPasswordFault(text: string): string | null {
  const parsed = NewPassword.safeParse(text);
  return text === "" || parsed.success ? null : (parsed.error.issues[0]?.message ?? null);
}

interface NewPasswordFieldProps {
  label: string;
  value: string;
  onChange: (text: string) => void;
}

/** Takes a password that is to be set, and says what it lacks while it is typed. */
export function NewPasswordField({ label, value, onChange }: NewPasswordFieldProps) {
  return (
    <Field
      label={label}
      name="password"
      type="password"
      autoComplete="new-password"
      maxLength={200}
      hint="At least 12 characters."
      problem={newPasswordFault(value)}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
