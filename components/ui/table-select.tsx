import { CheckBox } from "./check-box";
import type { TableSelection } from "./table-column";

interface SelectRowProps {
  rowKey: string;
  selected: boolean;
  onSelect: TableSelection["onSelect"];
  label: string;
}

/** The box that chooses a row. Its whole cell can be pressed, so that nobody opens the row by missing it. */
export function SelectRow({ rowKey, selected, onSelect, label }: SelectRowProps) {
  return (
    <td className="select-cell">
      <label>
        <CheckBox
          aria-label={label}
          checked={selected}
          onChange={(event) => onSelect(rowKey, event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)}
        />
      </label>
    </td>
  );
}

/** The box in the head: all rows of the table, or none. */
export function SelectAll({ selection, keys }: { selection: TableSelection; keys: readonly string[] }) {
  const count = keys.filter((key) => selection.selected.has(key)).length;
  const all = count > 0 && count === keys.length;
  return (
    <th scope="col" className="select-cell">
      <label>
        <CheckBox
          aria-label={all ? "Select none of the rows" : "Select all rows in the table"}
          checked={all}
          ref={(box) => {
            if (box !== null) box.indeterminate = count > 0 && !all;
          }}
          onChange={selection.onSelectAll}
        />
      </label>
    </th>
  );
}
