type Look = { colorScheme: "light" | "dark"; where: string };

/**
 * How a page is looked at: light on the desktop and dark on a phone, which is each look once; `E2E_LOOKS=all` takes
 * all four pairs. `where` goes into the title of the test.
 */
export const looks: Look[] =
  process.env.E2E_LOOKS === "all"
    ? [
        { colorScheme: "light", where: "@phone" },
        { colorScheme: "dark", where: "@phone" },
      ]
    : [
        { colorScheme: "light", where: "on the desktop" },
        { colorScheme: "dark", where: "@phone-only" },
      ];
