(() => {
  'use strict';
  const bar = document.getElementById('bar');
  // What arrow keys walk along: the left side, and the right one where there is nothing on the left.
  const stops = [...document.querySelectorAll('.seg[data-at]')];
  const numberOf = node => {
    const segment = node instanceof Element ? node.closest('.seg') : null;
    return segment ? Number(segment.id.slice(1)) : 0;
  };
  const sides = number =>
    [document.getElementById('s' + number), document.getElementById('t' + number)].filter(Boolean);
  let held = 0; // the sentence focused, tapped or named in the address; 0 for none
  let lit = 0;
  let marked = [];

  const light = number => {
    if (number === lit) return;
    sides(lit).forEach(side => side.classList.remove('on'));
    lit = number;
    sides(lit).forEach(side => side.classList.add('on'));
    bar.hidden = !lit;
    if (!lit) return;
    const stop = sides(lit)[0];
    const link = document.createElement('a');
    link.href = '#' + stop.id;
    link.textContent = 'Sentence ' + lit;
    bar.replaceChildren(link, ' · characters ' + stop.dataset.at
      + (stop.id[0] === 's' ? ' of the original · ' : ' of the right side · ') + stop.dataset.about);
  };

  const mark = word => {
    marked.forEach(piece => piece.classList.remove('sure', 'possible'));
    marked = [];
    if (!word) return;
    const links = new Set(word.dataset.l.split(' '));
    for (const side of sides(numberOf(word))) {
      for (const piece of side.querySelectorAll('[data-l]')) {
        const shared = piece === word
          ? [...links] : piece.dataset.l.split(' ').filter(link => links.has(link));
        // On its own side only the word itself lights, not its neighbours under the same links.
        if (!shared.length || (piece !== word && side.contains(word))) continue;
        piece.classList.add(shared.some(link => link.endsWith('S')) ? 'sure' : 'possible');
        marked.push(piece);
      }
    }
  };

  const wordAt = node => node instanceof Element ? node.closest('[data-l]') : null;
  document.addEventListener('pointerover', event => {
    light(numberOf(event.target) || held);
    mark(wordAt(event.target));
  });
  document.documentElement.addEventListener('pointerleave', () => {
    light(held);
    mark(null);
  });
  document.addEventListener('click', event => {
    if (bar.contains(event.target)) return;
    held = numberOf(event.target);
    light(held);
    mark(wordAt(event.target));
  });

  // One stop for the tab key; the arrow keys move on from there.
  const rove = segment => {
    stops.forEach(other => { other.tabIndex = -1; });
    segment.tabIndex = 0;
  };
  if (stops.length) rove(stops[0]);
  document.addEventListener('focusin', event => {
    const number = numberOf(event.target);
    if (!number) return;
    held = number;
    light(held);
    rove(sides(number)[0]);
  });
  document.addEventListener('keydown', event => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === 'Escape') {
      held = 0;
      if (document.activeElement) document.activeElement.blur();
      light(0);
      mark(null);
      return;
    }
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const number = numberOf(document.activeElement);
    if (!step || !number) return;
    const next = stops[stops.indexOf(sides(number)[0]) + step];
    if (next) next.focus();
    event.preventDefault();
  });

  const follow = () => {
    const target = document.querySelector(':target');
    const number = numberOf(target);
    if (!number) return;
    const fold = target.closest('details');
    if (fold && !fold.open) {
      fold.open = true;
      target.scrollIntoView();
    }
    held = number;
    light(held);
    rove(sides(number)[0]);
  };
  window.addEventListener('hashchange', follow);
  follow();
})();
