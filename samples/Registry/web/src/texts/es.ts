import type { Texts } from './en';

const cuenta = (n: number, uno: string, varios: string) => `${n} ${n === 1 ? uno : varios}`;

/** Todas las palabras de la página en español. */
export const es: Texts = {
  language: 'Español',
  title: 'Take It Down',
  leave: 'Salir rápido de esta página',
  languages: 'Idioma',
  menu: 'Páginas',
  home: 'Inicio',
  yourCase: 'Tu caso',
  getHelp: 'Pedir ayuda',
  skip: 'Ir al contenido',

  start: {
    heading: 'Ayuda para frenar la difusión de una imagen íntima tuya',
    welcome: [
      'Si existe una foto o un video en que apareces sin ropa, con poca ropa o en una situación sexual, y tenías menos de 18 años cuando se hizo, esta página es para ti. No importa qué edad tengas ahora.',
      'Lo que pasó no es tu culpa. Puedes hacerlo por tu cuenta y nadie te preguntará quién eres.',
    ],
    promiseHeading: 'Tu imagen nunca sale de este dispositivo',
    promise:
      'Tu dispositivo convierte la imagen en una huella digital: una fila corta de letras y números. Solo se envía la huella. Nadie puede reconstruir la imagen a partir de ella, y nadie mira la imagen.',
    begin: 'Empezar',
    howHeading: 'Cómo funciona',
    how: [
      'Eliges fotos o videos en este dispositivo. Se quedan aquí.',
      'Ves exactamente qué se enviará, y entonces decides.',
      'Las plataformas que participan comparan las huellas con lo que la gente publica y pueden bloquear lo que coincide.',
      'Recibes un número de caso, para poder volver y retirar las huellas de la lista.',
    ],
    askHeading: 'Lo que no pedimos ni guardamos',
    ask: ['Ni nombre, ni correo electrónico, ni cuenta.', 'Ni cookies, ni nada que siga tus pasos.'],
    limitsHeading: 'Lo que no puede hacer',
    limits: [
      'Solo las plataformas que participan pueden encontrar la imagen, y solo donde pueden ver lo que se publica: no en chats cifrados.',
      'Puede que no se reconozca una imagen que alguien cambió mucho. Si tienes también la imagen cambiada, añádela.',
    ],
    adultHeading: '¿Tenías 18 años o más en la imagen?',
    adult: 'Entonces esta lista no es la adecuada, pero hay otra para ti:',
    adultLink: 'StopNCII.org hace lo mismo para personas adultas',
    together: '¿Eres su madre, su padre o alguien de confianza? Puedes hacerlo junto con la persona que aparece en la imagen.',
  },

  choose: {
    heading: 'Elige fotos y videos',
    promise: 'Se quedan en este dispositivo. Desde aquí y hasta que pulses Enviar, esta página no usa internet para nada.',
    button: 'Elegir fotos o videos',
    drop: 'o suéltalos aquí',
    preparing: 'Un momento: la página se está preparando.',
    broken: 'La página no pudo prepararse. Vuelve a cargarla. Si no sirve, prueba con un navegador más nuevo.',
    list: 'Lo que has elegido',
    cancel: 'Cancelar',
    remove: 'Quitar',
    ofFile: (action, name) => `${action}: ${name}`,
    waiting: 'En espera',
    hashing: (percent) => `Creando la huella: ${percent} %`,
    progressOf: (name) => `Progreso de ${name}`,
    working: (done, of) => `${done} de ${of} terminados. Podrás continuar en cuanto todos lo estén.`,
    settled: (ready, left) => (left > 0 ? `Listos: ${ready}. No incluidos: ${left}.` : `Listos: ${ready}.`),
    next: 'Ver qué se enviará',
    noneUsable: 'Ninguno de estos archivos se puede usar. Elige otros.',
    refused: {
      empty: 'Este archivo está vacío, así que no se incluye.',
      neither: 'Esto no parece una foto ni un video, así que no se incluye.',
      unreadable: 'No se pudo leer este archivo. Si está guardado en internet, descárgalo en este dispositivo y elígelo otra vez.',
      twice: 'Ya habías elegido este archivo, así que aquí no se incluye.',
      'too-many': 'Son más de 100 archivos. Envía los primeros y luego empieza otra vez con los demás.',
    },
  },

  similarity: {
    found: (media, frames) =>
      media === 'image'
        ? 'Listo. Se podrán encontrar copias exactas y parecidas.'
        : `Listo. Se podrán encontrar copias exactas y copias con las mismas escenas (${cuenta(frames, 'escena', 'escenas')}).`,
    'too-plain': 'Listo. Se ve demasiado poco para encontrar copias parecidas, así que solo se encontrarán copias exactas.',
    'not-shown':
      'Listo. Este navegador no puede mostrar este archivo, así que solo se encontrarán copias exactas. Si puedes, añade también una versión como foto JPEG o video MP4.',
    'too-large':
      'Listo. La imagen es demasiado grande para este dispositivo, así que solo se encontrarán copias exactas. Si puedes, añade también una versión más pequeña.',
  },

  review: {
    heading: 'Esto es lo que se enviará',
    promise: 'Solo estas huellas. Ni las imágenes, ni los nombres de los archivos, ni nada sobre ti.',
    image: (n) => `Foto ${n}`,
    video: (n) => `Video ${n}`,
    onlyHere: 'En tu dispositivo:',
    fingerprints: (n) => cuenta(n, 'huella', 'huellas'),
    show: (n) => `Mostrar ${cuenta(n, 'huella', 'huellas')}`,
    kinds: { md5: 'MD5 (copia exacta)', sha1: 'SHA-1 (copia exacta)', sha256: 'SHA-256 (copia exacta)', pdq: 'PDQ (imagen parecida)' },
    quality: (n) => `detalle ${n} de 100`,
    sure: 'Al enviarlas dices que eres tú quien aparece en las imágenes y que tenías menos de 18 años cuando se hicieron.',
    send: 'Enviar las huellas',
    sending: 'Enviando…',
    back: 'Volver',
  },

  problem: {
    unreachable: 'No se pudo contactar con la lista. ¿Tienes conexión a internet? No se ha perdido nada: puedes intentarlo de nuevo.',
    'unknown-case': 'No se encontró ningún caso con este número y este código secreto. Revisa los dos.',
    'too-much': 'Es demasiado para una sola vez. Vuelve, quita algunos de los videos largos y envíalos después.',
    refused: 'La lista no aceptó esto. No has hecho nada malo: empieza otra vez y, si vuelve a pasar, pide ayuda abajo.',
    broken: 'La lista tiene un problema en este momento. Aquí no se ha perdido nada: inténtalo de nuevo en unos minutos.',
    'too-often': (seconds) =>
      `Hubo demasiados intentos desde tu conexión. Espera ${seconds < 90 ? cuenta(seconds, 'segundo', 'segundos') : cuenta(Math.ceil(seconds / 60), 'minuto', 'minutos')} e inténtalo de nuevo. No se ha perdido nada.`,
  },

  done: {
    heading: 'Listo. Las huellas están en la lista.',
    sent: (n) => `La lista tiene ahora las huellas de ${cuenta(n, 'foto o video', 'fotos o videos')}. Las imágenes no han salido de este dispositivo.`,
    keepHeading: 'Guarda estos dos datos',
    keep: 'Con los dos juntos, y solo así, puedes ver tu caso o retirar las huellas de la lista. Se muestran solo ahora, y nadie podrá recuperarlos por ti.',
    caseNumber: 'Número de caso',
    secret: 'Código secreto',
    copy: 'Copiar los dos',
    copied: 'Copiado.',
    notCopied: 'No se pudo copiar. Anótalos o haz una foto de la pantalla.',
    print: 'Imprimir',
    private: 'Guárdalos donde solo mires tú.',
    nextHeading: 'Y ahora',
    next: [
      'Por favor, no vuelvas a publicar ni a enviar esta imagen, ni siquiera en privado: puede ser bloqueada y puede difundirse.',
      'Si alguien te amenaza, no pagues ni envíes nada más. Puedes bloquear a esa persona. Guarda sus mensajes: pueden servir de prueba.',
      'Las plataformas pueden tardar algunos días en usar las nuevas huellas. Si ves la imagen en algún sitio, denúnciala también allí.',
      'Habla con alguien de confianza. Hay personas cuyo trabajo es ayudar.',
    ],
    more: 'Añadir más fotos o videos',
  },

  lookUp: {
    heading: 'Tu caso',
    explain: 'Escribe el número de caso y el código secreto que recibiste.',
    caseNumber: 'Número de caso',
    caseHint: 'Se parece a esto: ABCD-EFGH-JKLM',
    secret: 'Código secreto',
    find: 'Buscar',
    finding: 'Buscando…',
    missing: 'Escribe el número de caso y también el código secreto.',
    listed: 'Las huellas de este caso están en la lista.',
    withdrawn: 'Las huellas de este caso se han retirado de la lista.',
    submitted: 'Enviado el',
    items: 'Fotos y videos',
    withdraw: 'Retirar las huellas de la lista',
    sureHeading: '¿Retirarlas de la lista?',
    sure: 'Ya no se pedirá a las plataformas que busquen estas imágenes. Para volver a ponerlas tendrías que empezar de nuevo.',
    yes: 'Sí, retirarlas',
    no: 'No, dejarlas en la lista',
    gone: 'Listo. Las huellas se han retirado de la lista. Las plataformas las descartan la próxima vez que la leen.',
  },

  help: {
    heading: 'Pedir ayuda',
    welcome: ['No tienes que pasar por esto a solas. Hablar con estas personas cuesta poco o nada, y ya han escuchado situaciones como la tuya.'],
    danger: 'Si estás en peligro ahora, o piensas en hacerte daño, llama a emergencias (112 en Europa, 911 en gran parte de América).',
    elsewhere: 'En cualquier otro lugar',
    outside: 'Los enlaces abren otros sitios web en una pestaña nueva.',
  },

  footer: {
    sample: 'Esta página es una muestra del proyecto TakeItDown.Matching, para probarlo. El servicio real, de NCMEC, está aquí:',
    history: 'El botón de salida rápida no borra el historial del navegador. Una ventana privada no guarda historial.',
  },
};
