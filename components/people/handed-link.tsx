import { CopyButton } from "@/components/ui/copy-button";
import { Time } from "@/components/ui/time";
import type { HandedLink } from "@/lib/domain/views/people";

/** A link to hand on; it is shown this once. */
export function HandedLinkBox({ link, whose }: { link: HandedLink; whose: string }) {
  return (
    <div className="handed">
      <p>
        Give this link to {whose}, over a way that nobody else reads. It works once, until <Time at={link.expiresAt} />, and is not shown
        again.
      </p>
      <code className="secret">{link.url}</code>
      <CopyButton text={link.url} what="link" label="Copy link" />
    </div>
  );
}
