const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

/** Every word of the page in English. The other languages have this shape. */
export const en = {
  language: 'English',
  title: 'Take It Down',
  leave: 'Leave this page quickly',
  languages: 'Language',
  menu: 'Pages',
  home: 'Start',
  yourCase: 'Your case',
  getHelp: 'Get help',
  skip: 'Skip to the page',

  start: {
    heading: 'Help to stop an intimate picture of you from spreading',
    welcome: [
      'If a nude, partly nude or sexual photo or video of you exists, and you were under 18 when it was taken, this page is for you. How old you are now does not matter.',
      'What happened is not your fault. You can do this by yourself, and nobody will ask who you are.',
    ],
    promiseHeading: 'Your picture never leaves this device',
    promise:
      'Your device turns the picture into a fingerprint: a short row of letters and digits. Only the fingerprint is sent. Nobody can make the picture from it, and nobody looks at the picture.',
    begin: 'Get Started',
    howHeading: 'How it works',
    how: [
      'You choose photos or videos on this device. They stay here.',
      'You see exactly what will be sent, and then you decide.',
      'Platforms that take part compare the fingerprints with what people post, and can block what matches.',
      'You get a case number, so that you can come back and take the fingerprints off the list again.',
    ],
    askHeading: 'What we do not ask, and do not keep',
    ask: ['No name, no e-mail address, no account.', 'No cookies, and nothing that follows you around.'],
    limitsHeading: 'What it cannot do',
    limits: [
      'Only platforms that take part can find the picture, and only where they can see what is posted: not in encrypted chats.',
      'A picture that somebody changed a lot may not be recognised. If you have the changed one too, add it as well.',
    ],
    adultHeading: 'Were you 18 or older in the picture?',
    adult: 'Then this list is not the right one, but there is one for you:',
    adultLink: 'StopNCII.org does the same for adults',
    together: 'Are you a parent or a friend? You can do this together with the person in the picture.',
  },

  choose: {
    heading: 'Choose photos and videos',
    promise: 'They stay on this device. From here until you press Send, this page does not use the internet at all.',
    button: 'Choose photos or videos',
    drop: 'or drop them here',
    preparing: 'One moment: the page is getting ready.',
    broken: 'The page could not get ready. Please load it again. If that does not help, try a newer browser.',
    list: 'What you have chosen',
    cancel: 'Cancel',
    remove: 'Remove',
    ofFile: (action: string, name: string) => `${action}: ${name}`,
    waiting: 'Waiting',
    hashing: (percent: number) => `Making the fingerprint: ${percent} %`,
    progressOf: (name: string) => `Progress of ${name}`,
    working: (done: number, of: number) => `${done} of ${of} done. You can go on as soon as every file is done.`,
    settled: (ready: number, left: number) => (left > 0 ? `${ready} ready, ${left} left out.` : `${ready} ready.`),
    next: 'See what will be sent',
    noneUsable: 'None of these files can be used. Please choose others.',
    refused: {
      empty: 'This file is empty, so it is left out.',
      neither: 'This does not seem to be a photo or a video, so it is left out.',
      unreadable: 'This file could not be read. If it is kept online, download it to this device and choose it again.',
      twice: 'You have already chosen this file, so it is left out here.',
      'too-many': 'This is more than 100 files. Please send the first ones, and then start again with the rest.',
    },
  },

  similarity: {
    found: (media: string, frames: number) =>
      media === 'image' ? 'Ready. Exact and similar copies can be found.' : `Ready. Exact copies, and copies that show the same scenes, can be found (${count(frames, 'scene', 'scenes')}).`,
    'too-plain': 'Ready. There is too little to see in it to find similar copies, so only exact copies will be found.',
    'not-shown': 'Ready. This browser cannot show this file, so only exact copies will be found. If you can, also add a version as a JPEG photo or an MP4 video.',
    'too-large': 'Ready. The picture is too large for this device to look at, so only exact copies will be found. If you can, also add a smaller version of it.',
  },

  review: {
    heading: 'This is what will be sent',
    promise: 'Only these fingerprints. Not the pictures, not the names of the files, nothing about you.',
    image: (n: number) => `Photo ${n}`,
    video: (n: number) => `Video ${n}`,
    onlyHere: 'On your device:',
    fingerprints: (n: number) => count(n, 'fingerprint', 'fingerprints'),
    show: (n: number) => `Show ${count(n, 'fingerprint', 'fingerprints')}`,
    kinds: { md5: 'MD5 (exact copy)', sha1: 'SHA-1 (exact copy)', sha256: 'SHA-256 (exact copy)', pdq: 'PDQ (similar picture)' },
    quality: (n: number) => `detail ${n} of 100`,
    sure: 'By sending them you say that the pictures show you, and that you were under 18 when they were taken.',
    send: 'Send the fingerprints',
    sending: 'Sending…',
    back: 'Back',
  },

  problem: {
    unreachable: 'The list could not be reached. Are you connected to the internet? Nothing is lost: you can try again.',
    'unknown-case': 'No case was found with this case number and this secret. Please check both.',
    'too-much': 'This is too much for one time. Please go back, remove some of the long videos, and send those afterwards.',
    refused: 'The list did not accept this. You have done nothing wrong: please start again, and if it happens again, ask for help below.',
    broken: 'The list has a problem at the moment. Nothing is lost here: please try again in a few minutes.',
    'too-often': (seconds: number) =>
      `There were too many tries from your connection. Please wait ${seconds < 90 ? count(seconds, 'second', 'seconds') : count(Math.ceil(seconds / 60), 'minute', 'minutes')} and try again. Nothing is lost.`,
  },

  done: {
    heading: 'Done. The fingerprints are on the list.',
    sent: (n: number) => `The list has the fingerprints of ${count(n, 'photo or video', 'photos or videos')} now. The pictures themselves have not left this device.`,
    keepHeading: 'Keep these two',
    keep: 'With both together, and only then, you can look at your case or take the fingerprints off the list. They are shown only now, and nobody can find them again for you.',
    caseNumber: 'Case number',
    secret: 'Secret',
    copy: 'Copy both',
    copied: 'Copied.',
    notCopied: 'Copying did not work. Please write them down or take a picture of the screen.',
    print: 'Print',
    private: 'Keep them where only you look.',
    nextHeading: 'What now',
    next: [
      'Please do not post or send this picture again, not even privately: it can be blocked, and it can spread.',
      'Do not pay, and do not send anything more, to somebody who threatens you. You can block them. Keep their messages: they can be proof.',
      'It can take some days until platforms use the new fingerprints. If you see the picture somewhere, report it there too.',
      'Talk to somebody you trust. There are people whose work it is to help.',
    ],
    more: 'Add more photos or videos',
  },

  lookUp: {
    heading: 'Your case',
    explain: 'Enter the case number and the secret that you were given.',
    caseNumber: 'Case number',
    caseHint: 'It looks like this: ABCD-EFGH-JKLM',
    secret: 'Secret',
    find: 'Look up',
    finding: 'Looking…',
    missing: 'Please enter both the case number and the secret.',
    listed: 'The fingerprints of this case are on the list.',
    withdrawn: 'The fingerprints of this case have been taken off the list.',
    submitted: 'Sent on',
    items: 'Photos and videos',
    withdraw: 'Take the fingerprints off the list',
    sureHeading: 'Take them off the list?',
    sure: 'Platforms will then no longer be asked to look for these pictures. To put them back you would have to start again.',
    yes: 'Yes, take them off',
    no: 'No, keep them on the list',
    gone: 'Done. The fingerprints have been taken off the list. Platforms drop them the next time that they read it.',
  },

  help: {
    heading: 'Get help',
    welcome: ['You do not have to go through this alone. Talking to these people costs little or nothing, and they have heard it before.'],
    danger: 'If you are in danger now, or thinking of hurting yourself, call your emergency number (112 in Europe, 911 in the US, Canada and Mexico, 999 in the UK, 000 in Australia).',
    elsewhere: 'Anywhere else',
    outside: 'The links open other websites, in a new tab.',
  },

  footer: {
    sample: 'This page is a working sample of the TakeItDown.Matching project, for trying it out. The real service, run by NCMEC, is here:',
    history: 'The quick leave button does not erase your browser history. A private window keeps none.',
  },
};

export type Texts = typeof en;
