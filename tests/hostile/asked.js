// Asked of a page in the browser: what of it could run, and what of it does not fit its window.
const forbidden = () => {
  const runs = (at) => /^on/.test(at.name) ||
    (/^(href|src|action|formaction)$/.test(at.name) && /^\s*(javascript|vbscript|data):/i.test(at.value));
  const never = ['IFRAME', 'OBJECT', 'EMBED', 'BASE', 'STYLE'];
  return [...document.querySelectorAll('*')]
    .filter((one) => [...one.attributes].some(runs) || never.includes(one.tagName))
    .map((one) => one.outerHTML.slice(0, 200));
};
const cut = () => {
  const wide = document.documentElement.clientWidth, found = [];
  const held = (one) => { // scrolls by itself, or is cut on purpose
    for (; one && one !== document.body; one = one.parentElement) {
      const style = getComputedStyle(one), clamped = style.webkitLineClamp !== 'none';
      if (/auto|scroll/.test(style.overflowX) || style.textOverflow === 'ellipsis' || clamped) return true;
    }
    return false;
  };
  const look = () => {
    const whole = document.documentElement.scrollWidth;
    if (whole > wide) found.push('the page: ' + whole);
    for (const one of document.querySelectorAll('main *')) {
      const box = one.getBoundingClientRect();
      if (box.right <= wide + 1 || !box.width || !one.checkVisibility()) continue;
      if (!one.closest('svg, .sr, [popover]') && !held(one)) found.push(one.outerHTML.slice(0, 160) + ' → ' + box.right);
    }
  };
  look();
  const shut = [...document.querySelectorAll('main details:not([open])')].filter((one) => !one.closest('[data-line]'));
  for (const one of wide < 500 ? shut.slice(0, 12) : []) { one.open = true; look(); one.open = false; }
  return found.slice(0, 4);
};
