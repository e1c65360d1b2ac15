import { names, plurals } from './plural';

const count = plurals('en');
const files = (n: number) => count(n, { one: '# photo or video', other: '# photos and videos' });

/** Every word of the page in English, for readers of 12 to 14. The other languages have this shape. */
export const en = {
  direction: 'ltr',
  /** Whether no native reader has reviewed it yet: then it is only shown where the registry's settings say so. */
  draft: '',
  title: 'Take It Down',
  leave: 'Leave fast',
  languages: 'Language',
  menu: 'Pages',
  home: 'Start',
  yourCase: 'Your case',
  getHelp: 'Get help',
  skip: 'Skip to the page',
  back: 'Back',
  steps: { label: 'Steps', choose: 'Choose', review: 'Check', done: 'Done', now: (n: number) => `Step ${n} of 3` },

  start: {
    heading: 'Stop a nude picture of you from spreading',
    lead: 'Were you under 18 in it? Then platforms can look for it and block it. This isn’t your fault, and nobody asks who you are.',
    promise: 'The picture never leaves this device.',
    begin: 'Get Started',
    threatened: 'Is somebody threatening you right now?',
    forYouHeading: 'Who this is for',
    forYou: [
      'There’s a nude, partly nude or sexual photo or video of you, and you were under 18 when it was taken. It doesn’t matter how old you are now, or who took it.',
      'It can be real, or made or changed by a computer.',
      'Maybe it’s already online, or maybe you’re afraid that it will be.',
    ],
    howHeading: 'How it works',
    how: [
      'You choose photos or videos on this device. They stay here.',
      'Your device turns each one into a hash, a kind of digital fingerprint: a row of letters and digits. Nobody can turn that back into the picture.',
      'You see exactly what will be sent. You decide.',
      'The fingerprints go on a secure list. Platforms that take part compare what people post with it, and can block or remove what matches.',
      'You get a code, so that you can come back and undo it.',
    ],
    limitsHeading: 'What it can’t do',
    limits: [
      'It only works on platforms that take part, and only where they can see what’s posted: in public places and in messages that aren’t encrypted.',
      'If somebody changes the picture a lot, it may not be found. If you have the changed one too, add it as well.',
    ],
    questionsHeading: 'Questions',
    adultLink: 'StopNCII.org',
  },

  questions: {
    adult: ['I was 18 or older in the picture.', 'Then this list isn’t the right one. There’s one for you that works in the same way:'],
    parent: [
      'I’m a parent, or an adult the child trusts.',
      'You can do this together with the child, or for the child, on the device that has the picture. Don’t send the picture to yourself or to anybody else. Stay calm, and say that it isn’t the child’s fault.',
    ],
    noFile: [
      'I don’t have the picture on this device.',
      'Please don’t download it, and don’t ask for it, just to use this page. Report it where you saw it. A helpline can help you with that.',
    ],
    postAgain: [
      'Can I still post or send the picture?',
      'Please don’t, not even to somebody you trust. Platforms can’t tell that it’s you who posts it: they may block your account, and the picture may spread.',
    ],
    who: [
      'Who will know about this?',
      'We don’t ask for your name, your e-mail or your phone number. There’s no account, and there are no cookies. Nobody looks at the picture: it isn’t sent.',
    ],
    undo: ['Can I undo it?', 'Yes. With your case number and your secret code you can take the fingerprints off the list at any time, under “Your case”.'],
  },

  list: {
    kept: (keeper: string) => `${keeper} keeps the list.`,
    sample: 'This is a sample for trying out: its list is only on this server. In the real service, NCMEC in the United States keeps the list.',
    platforms: (all: readonly string[]) => `Only these participating platforms get the list: ${names('en', all)}.`,
    nobody: 'No platform gets this list yet.',
    unknown: 'Which platforms get the list could not be loaded just now. They’re only platforms that have signed up for it.',
  },

  threat: {
    heading: 'If somebody is threatening you',
    lead: 'Somebody wants money, more pictures or something else, or else they’ll share a picture of you? That’s a crime, and they’re the ones who did wrong. This happens to many people. You can get out of it.',
    steps: [
      'Don’t pay. Don’t send anything more. It almost never stops them.',
      'Stop answering. You don’t have to explain.',
      'Keep the proof: take screenshots of their messages and their profile. Don’t delete your account.',
      'Then block them, and report them in the app.',
      'Tell somebody you trust, or call a helpline. You don’t have to say your name there.',
      'Report it to the police or to the hotline of your country.',
      'Use this page for the pictures that they have.',
    ],
    help: 'See who can help near you',
  },

  choose: {
    heading: 'Choose photos and videos',
    promise: 'They stay on this device. Nothing about them is sent until you press Send.',
    button: 'Choose photos or videos',
    more: 'Choose more',
    drop: 'or drop them here',
    preparing: 'One moment: the page is getting ready.',
    broken: 'The page could not get ready. Please load it again. If that doesn’t help, try a newer browser.',
    list: 'What you have chosen',
    cancel: 'Cancel',
    remove: 'Remove',
    removeAll: 'Remove all',
    again: 'Try again',
    ofFile: (action: string, name: string) => `${action}: ${name}`,
    showPicture: 'Show',
    waiting: 'Waiting',
    hashing: (percent: number) => `Making the fingerprint: ${percent} %`,
    progressOf: (name: string) => `Progress of ${name}`,
    working: (done: number, of: number) => `${done} of ${of} done`,
    settled: (ready: number, partly: number, left: number) =>
      [`${ready} protected`, partly > 0 && `${partly} only partly`, left > 0 && `${left} left out`].filter(Boolean).join(', '),
    next: 'Check what will be sent',
    noneUsable: 'None of these files can be used. Please choose others.',
    refused: {
      empty: 'This file is empty.',
      neither: 'This isn’t a photo or a video.',
      unreadable: 'This file could not be read. If it’s kept online, download it to this device and choose it again.',
      twice: 'You have already chosen this file.',
      'too-many': 'This is more than 100 files. Send the first ones, then add the rest.',
    },
  },

  level: { protected: 'Protected', partly: 'Only partly protected', 'left-out': 'Left out' },

  similarity: {
    image: 'Exact copies and copies that look alike can be found.',
    video: (scenes: number) => `Exact copies, and copies that show the same scenes, can be found (${count(scenes, { one: '# scene', other: '# scenes' })}).`,
    handedOver: 'Copies that look alike can be found.',
    exactOnly: 'Only exact copies can be found.',
    'too-plain': 'There’s too little to see in it.',
    'not-shown': 'This browser can’t show this kind of file.',
    'too-large': 'It’s too large for this device to look at.',
    broken: 'The file seems to be damaged.',
    'no-decoder': 'The page needs one more part for this kind of photo, and could not load it. Are you connected to the internet?',
  },

  /** What to do about a file that is only partly protected, by reason and by device. */
  remedy: {
    heading: 'What you can do about it',
    otherBrowser: 'Try this page in another browser on this device, such as Chrome, Firefox or Safari, and choose the file there.',
    screenshot: {
      apple: 'Or open the picture so that it fills the screen, and press the side button and volume up together. Cut the edges off the screenshot, and choose it here as well.',
      android: 'Or open the picture so that it fills the screen, and press power and volume down together. Cut the edges off the screenshot, and choose it here as well.',
      windows: 'Or open the picture so that it fills the screen, and press Windows, Shift and S together. Save the part that shows the picture, and choose it here as well.',
      mac: 'Or open the picture so that it fills the screen, and press Command, Shift and 4 together. Mark the picture, and choose the screenshot here as well.',
      other: 'Or open the picture so that it fills the screen, and take a screenshot. Cut its edges off, and choose it here as well.',
    },
    deleteIt: 'Delete the screenshot afterwards.',
    video: 'Or try the original file, as the camera or the app made it, if you still have it.',
    broken: 'If you have another copy of it that opens, choose that one as well.',
    plain: 'Nothing is wrong. If you have another picture of the same moment, choose that one as well.',
    again: 'Connect to the internet, and press “Try again” next to the file.',
  },

  review: {
    heading: 'Check what will be sent',
    promise: 'Only these fingerprints. Not the pictures, not the names of the files, nothing about you.',
    files,
    image: (n: number) => `Photo ${n}`,
    video: (n: number) => `Video ${n}`,
    onlyHere: 'On your device:',
    fingerprints: (n: number) => count(n, { one: '# fingerprint', other: '# fingerprints' }),
    show: (n: number) => `Show ${count(n, { one: '# fingerprint', other: '# fingerprints' })}`,
    kinds: { md5: 'MD5 (exact copy)', sha1: 'SHA-1 (exact copy)', sha256: 'SHA-256 (exact copy)', pdq: 'PDQ (similar picture)' },
    quality: (n: number) => `detail ${n} of 100`,
    partlyHeading: (n: number) => count(n, { one: '# file is only partly protected', other: '# files are only partly protected' }),
    knowHeading: 'Before you send',
    know: [
      'Your device has made hashes, which are digital fingerprints. They’re added to a secure list.',
      'Platforms use it only in public places and in messages that aren’t encrypted.',
      'Don’t post or send these pictures afterwards, not even to friends. Platforms can’t tell that it’s you, and may block your account.',
    ],
    sure: 'By sending you say: these pictures show you (or a child that you do this for), and the person in them was under 18.',
    send: 'Send the fingerprints',
    sending: 'Sending…',
    slow: 'Still trying. The answer takes longer than usual.',
    slowChoice: 'You can wait, or stop and try again later. Nothing gets on the list twice.',
    stop: 'Stop trying',
    addsTo: 'They’re added to your case.',
  },

  problem: {
    unreachable: 'The list could not be reached. Are you connected to the internet? Nothing is lost: you can try again, and nothing gets on the list twice.',
    stopped: 'Stopped. We can’t tell if the fingerprints have arrived. You can try again: nothing gets on the list twice. Your code below works either way.',
    'unknown-case': 'No case was found with this case number and this secret code. Please check both.',
    withdrawn: 'This case was taken off the list. You have a new code now: please keep it, then send again.',
    'too-much': 'This is too much for one time. Please go back, remove some of the long videos, and send those afterwards.',
    refused: 'The list did not accept this. You’ve done nothing wrong. Please start again, and if it happens again, get help.',
    broken: 'The list has a problem at the moment. Nothing is lost here: please try again in a few minutes.',
    'too-often': (seconds: number) =>
      `There were too many tries from your connection. Please wait ${
        seconds < 90 ? count(seconds, { one: '# second', other: '# seconds' }) : count(Math.ceil(seconds / 60), { one: '# minute', other: '# minutes' })
      } and try again. Nothing is lost.`,
  },

  receipt: {
    heading: 'Keep your code',
    before: 'You can keep it now, before you send. If this page closes or the connection breaks, it still works.',
    keep: 'With both together you can look at your case, or take the fingerprints off the list. Nobody can find them again for you.',
    caseNumber: 'Case number',
    secret: 'Secret code',
    save: 'Save as a file',
    copy: 'Copy',
    print: 'Print',
    saved: 'Saved as a file named note.txt.',
    copied: 'Copied. Now paste it where you keep it.',
    printed: 'Sent to the printer.',
    notCopied: 'Copying did not work. Please write both down, or save them as a file.',
    where: (address: string) => `Enter both at ${address} under “Your case”.`,
    shared: 'Whoever uses this device too can see what you save or copy.',
    keptHeading: 'You haven’t kept your code yet',
    notKept: 'Without it, nobody can take the fingerprints off the list again: not you, and not us.',
    decline: 'I don’t want to keep it',
    declined: 'You don’t want to keep it. It’s shown until you leave this page.',
    stay: 'Keep it first',
  },

  done: {
    heading: 'Done. The fingerprints are on the list.',
    sent: (n: number) => `The list has the fingerprints of ${files(n)} now. The pictures have not left this device.`,
    partly: (n: number) => `${count(n, { one: '# of them is', other: '# of them are' })} only partly protected: only exact copies can be found.`,
    nextHeading: 'What now',
    next: [
      'Don’t post or send this picture again, not even to friends: your account may be blocked, and the picture may spread.',
      'If somebody threatens you: don’t pay, don’t send anything more, keep their messages, and tell somebody.',
      'It can take some days until all platforms use the new fingerprints. If you see the picture somewhere, report it there too.',
      'Under “Your case” you can see which platforms have fetched them.',
      'Talk to somebody you trust. There are people whose job it is to help.',
    ],
    more: 'Add more photos or videos',
  },

  lookUp: {
    heading: 'Your case',
    explain: 'Enter the case number and the secret code that you kept.',
    caseHint: 'It looks like this: ABCD-EFGH-JKLM',
    find: 'Look up',
    finding: 'Looking…',
    missing: 'Please enter both the case number and the secret code.',
    listed: 'The fingerprints of this case are on the list.',
    withdrawn: 'The fingerprints of this case have been taken off the list.',
    submitted: 'Sent on',
    items: 'Photos and videos',
    didItHeading: 'Did it do anything?',
    readBy: (read: number, of: number) => `${read} of ${count(of, { one: '# participating platform has', other: '# participating platforms have' })} fetched your fingerprints.`,
    forgottenBy: (read: number, of: number) =>
      `${read} of ${count(of, { one: '# participating platform has', other: '# participating platforms have' })} fetched the news that they’re off the list.`,
    read: (when: string) => `fetched on ${when}`,
    notRead: 'not yet',
    meaning: 'A platform that has fetched them can compare them with what people post. It doesn’t tell us what it finds.',
    withdraw: 'Take the fingerprints off the list',
    sureHeading: 'Take them off the list?',
    sure: 'Platforms are then no longer asked to look for these pictures. To put them back you’d have to start again.',
    yes: 'Yes, take them off',
    no: 'No, keep them on the list',
    gone: 'Done. The fingerprints have been taken off the list. Platforms drop them the next time that they read it.',
  },

  help: {
    heading: 'Get help',
    lead: 'You don’t have to go through this alone. Talking to these people costs little or nothing. They’ve heard it before, and they won’t judge you.',
    danger: 'If you’re in danger now, or think of hurting yourself, call your emergency number (112 in Europe, 911 in the US, Canada and Mexico, 999 in the UK, 000 in Australia).',
    near: 'Near you',
    search: 'Find another country',
    none: 'There’s no country like that in this list. The directories below list many more.',
    elsewhere: 'Anywhere else',
    outside: 'The links open other websites, in a new tab.',
    checked: (source: string, date: string) => `Source: ${source}, as of ${date}`,
    unchecked: (source: string) => `Source: ${source}, not checked lately`,
  },

  footer: {
    sample: 'This page is a working sample of the TakeItDown.Matching project, for trying it out. The real service, run by NCMEC, is here:',
    history: '“Leave fast” doesn’t erase your browser’s history. A private window keeps none.',
  },
};

/** Shapes only: another language's texts need not be these words. */
export type Texts = typeof en;
