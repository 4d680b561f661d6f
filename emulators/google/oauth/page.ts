export function errorPage(status: number, code: string, message: string): string {
  return html("Access blocked", `<p>${escapeHtml(message)}</p><p>Error ${status}: ${escapeHtml(code)}</p>`);
}

export function html(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>
<style>body{font:16px/1.5 system-ui;max-width:34rem;margin:4rem auto;padding:0 1rem}button{font:inherit}</style>
<h1>${title}</h1>${body}</html>`;
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
