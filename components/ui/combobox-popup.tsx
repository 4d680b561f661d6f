"use client";

import { Combobox } from "@base-ui/react/combobox";
import clsx from "clsx";
import { Check, Search } from "lucide-react";
import type { CSSProperties, ReactNode } from "react";

type ComboboxPopupProps<Item> = {
  /** What one does here: `Choose a project`. */
  label: string;
  searchLabel: string;
  placeholder: string;
  /** Said when nothing is found. */
  nothing: string;
  /** A ComboboxItem for each of what is found. */
  children: (item: Item) => ReactNode;
};

/** What a Combobox.Trigger opens: a field to search in, and what is found. */
export function ComboboxPopup<Item>({
  label,
  searchLabel,
  placeholder,
  nothing,
  children,
}: ComboboxPopupProps<Item>) {
  return (
    <Combobox.Portal>
      <Combobox.Positioner align="start" sideOffset={4} collisionPadding={12} className="z-50">
        <Combobox.Popup
          aria-label={label}
          className="flex max-h-[min(26rem,var(--available-height))] w-[max(var(--anchor-width),min(22rem,calc(100vw-1.5rem)))] max-w-[calc(100vw-1.5rem)] origin-(--transform-origin) flex-col overflow-hidden rounded-lg bg-raised text-ink shadow-pop transition duration-100 data-ending-style:scale-[0.98] data-starting-style:scale-[0.98] data-ending-style:opacity-0 data-starting-style:opacity-0"
        >
          <div className="flex items-center gap-2 border-line border-b px-4">
            <Search aria-hidden="true" className="size-4 shrink-0 text-muted" />
            <Combobox.Input
              aria-label={searchLabel}
              placeholder={placeholder}
              className="min-h-12 w-full bg-transparent text-base outline-none placeholder:text-faint"
            />
          </div>
          <Combobox.Empty>
            <p className="px-4 py-6 text-center text-muted">{nothing}</p>
          </Combobox.Empty>
          <Combobox.List className="min-h-0 overflow-y-auto overscroll-contain p-1.5 empty:p-0">
            {children}
          </Combobox.List>
        </Combobox.Popup>
      </Combobox.Positioner>
    </Combobox.Portal>
  );
}

type ComboboxItemProps = { value: unknown; className?: string; style?: CSSProperties; children: ReactNode };

/** One of what is found; the chosen one has a tick at its end. */
export function ComboboxItem({ value, className, style, children }: ComboboxItemProps) {
  return (
    <Combobox.Item
      value={value}
      className={clsx(
        "flex min-h-11 cursor-default select-none items-center rounded-md px-2.5 py-1.5 text-[0.9375rem] outline-none data-highlighted:bg-accent-soft data-highlighted:text-accent-text",
        className,
      )}
      style={style}
    >
      {children}
      <span className="grid size-4 shrink-0 place-items-center">
        <Combobox.ItemIndicator>
          <Check aria-hidden="true" className="size-4" />
        </Combobox.ItemIndicator>
      </span>
    </Combobox.Item>
  );
}
