/** The places of the three steps, shared by the steps and their skeleton. */
export const datePanel = "p-5 pt-3 sm:p-7 sm:pt-4 md:pt-7 lg:p-8";
export const timesPanel =
  "p-5 pt-3 sm:p-7 sm:pt-4 md:border-line md:border-s md:pt-7 md:ps-6 lg:py-8 lg:px-7";
export const detailsPanel = "p-5 pt-3 sm:p-7 sm:pt-4 md:col-span-2 md:pt-7 lg:p-8 lg:ps-10";
