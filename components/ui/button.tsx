import { cva, type VariantProps } from "class-variance-authority";
import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";

const buttonClass = cva("button", {
  variants: { kind: { plain: "", primary: "primary", quiet: "quiet" }, square: { true: "square" } },
  defaultVariants: { kind: "plain" },
});

type Look = VariantProps<typeof buttonClass>;

export function Button({ kind, square, className, type = "button", ...rest }: ComponentProps<"button"> & Look) {
  return <button type={type} className={buttonClass({ kind, square, className })} {...rest} />;
}

/** What somebody may not, in its place, with the reason. */
export function ClosedButton({ why, children }: { why: string; children: ReactNode }) {
  return (
    <Button disabled title={why}>
      {children}
      <span className="visually-hidden">: {why}</span>
    </Button>
  );
}

/** A page of the console that looks like a button. */
export function ButtonLink({ kind, square, className, ...rest }: ComponentProps<typeof Link> & Look) {
  return <Link prefetch={false} className={buttonClass({ kind, square, className })} {...rest} />;
}

/** A file to save, or an address outside the console's pages. */
export function ButtonAnchor({ kind, square, className, children, ...rest }: ComponentProps<"a"> & Look) {
  return (
    <a className={buttonClass({ kind, square, className })} {...rest}>
      {children}
    </a>
  );
}
