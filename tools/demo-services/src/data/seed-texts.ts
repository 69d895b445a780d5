/**
 * Texts of the seed; they include umlauts, ligatures, CJK, right-to-left scripts and emoji of several code
 * points.
 */
export const names: readonly string[] = [
  'Jörg Müßig',
  'Zoë Færgemann',
  '山田 太郎',
  '佐藤 美咲',
  'أمينة حداد',
  'ליאור כהן',
  'Søren Ångström',
  'Нина Власова',
  'José Ñíguez',
  'Łukasz Żółć',
  'Ελένη Παππά',
  '王 小明',
  '김 민준',
  'Priya Nair',
  'Tom Becker',
  'Grace O’Neill',
  'Renée Dubois-Lévesque',
  'Fox 🦊 Winter',
  'Ana-María da Conceição e Silva',
  'Wei 👩‍👩‍👧 Chen',
  'Ada King',
  'Ravi Patel',
];

export const locales: readonly string[] = ['de-DE', 'en-US', 'ja-JP', 'ar-EG', 'he-IL', 'fr-FR', 'pl-PL'];

export const products: readonly (readonly [sku: string, name: string, cents: number])[] = [
  ['TEA-001', 'Grüner Tee, 250 g', 1290],
  ['TEA-002', '玉露 宇治 100g', 4800],
  ['MUG-010', 'Becher “Größe L”', 1550],
  ['LMP-100', 'Lampe de bureau', 8999],
  ['BAG-042', 'Tote bag 🌍', 1900],
  ['BKX-007', 'كتاب الطبخ', 2450],
  ['PEN-003', 'Fountain pen, fine nib', 3625],
  ['STK-001', 'Sticker', 1],
  [
    'CHR-900',
    'Office chair with an uncommonly long name that no list on a small screen can show in one line',
    45900,
  ],
  ['SMP-000', 'Free sample', 0],
];

export const notes: readonly string[] = [
  'Bitte beim Nachbarn (Frau Öztürk) abgeben.',
  'ベルは鳴らさないでください。',
  'אנא השאירו ליד הדלת',
  'Gift 🎁 – please, no invoice in the parcel!',
  'Ring twice; "the blue door", not the <green> one & mind the dog.',
];

/** A text of more than 2,000 characters. */
export const longNote = `${notes.join(' ')} `.repeat(11).trim();

export const notices: readonly (readonly [kind: string, title: string, body: string])[] = [
  ['order', 'Your order is on its way', 'Expected between 9:00 and 12:00.'],
  [
    'order',
    'Lieferung verzögert',
    'Der Zusteller hat Sie leider nicht angetroffen – neuer Versuch morgen früh.',
  ],
  ['offer', '春のセール 🌸', '全品二割引。今週末まで。'],
  ['account', 'A new device has signed in', 'Was it you? If not, change your password.'],
  ['account', 'تم تحديث ملفك الشخصي', 'شكرا لك.'],
  ['survey', 'How did we do?', 'Two questions, one minute.'],
];
