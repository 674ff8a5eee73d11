"use client";

import { type MarkSource, SourceMark } from "@/components/tenancy/source-mark";
import { Dialog } from "@/components/ui/dialog";
import { NAVIGATION } from "./navigation";

const KEYS: { keys: string[]; does: string }[] = [
  { keys: ["⌘", "K"], does: "Search (Ctrl K elsewhere)" },
  { keys: ["/"], does: "Filter of this page" },
  ...NAVIGATION.map((entry) => ({ keys: ["g", entry.key], does: entry.label })),
  { keys: ["?"], does: "This list" },
  { keys: ["Esc"], does: "Close what is open" },
];

const MARKS: { source: MarkSource; means: string }[] = [
  { source: "measured", means: "the broker counted exactly this" },
  { source: "derived", means: "summed from series that coincide with the tenant" },
  { source: "estimated", means: "inferred from a sample, with its interval" },
  { source: "reported", means: "the customer’s own application meters it" },
  { source: "unavailable", means: "cannot be seen; the tooltip says why and what would change that" },
];

/** The keys, and the one legend of the source marks. */
export function Help({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onClose={onClose} title="Keys and marks">
      <div className="help-columns">
        <div>
          <h3>Keys</h3>
          <dl className="keys">
            {KEYS.map((line) => (
              <div key={line.does} style={{ display: "contents" }}>
                <dt>
                  {line.keys.map((key) => (
                    <kbd key={key} className="key">
                      {key}
                    </kbd>
                  ))}
                </dt>
                <dd>{line.does}</dd>
              </div>
            ))}
          </dl>
        </div>
        <div>
          <h3>Where a number comes from</h3>
          <dl className="keys">
            {MARKS.map((mark) => (
              <div key={mark.source} style={{ display: "contents" }}>
                <dt>
                  <SourceMark source={mark.source} />
                </dt>
                <dd>
                  <b>{mark.source}</b>: {mark.means}
                </dd>
              </div>
            ))}
          </dl>
        </div>
      </div>
    </Dialog>
  );
}
