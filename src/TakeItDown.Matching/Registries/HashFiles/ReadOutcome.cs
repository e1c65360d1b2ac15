namespace TakeItDown.Matching.Registries.HashFiles;

/// <summary>What became of a line or record.</summary>
internal enum ReadOutcome
{
    /// <summary>It, or a part of it, could not be read.</summary>
    Unread = 0,

    /// <summary>Its hashes are on the list now.</summary>
    Read,

    /// <summary>It is a header.</summary>
    Header,

    /// <summary>It says of what kind its hash is by nothing but the length, which is not enough: whoever gives the file has to.</summary>
    NeedsKind,

    /// <summary>Its PDQ hash is of a picture too plain to judge: it says nothing, and would match every other such picture.</summary>
    TooPlain,

    /// <summary>It holds only hashes of kinds that are not compared, such as PhotoDNA or SHA-512.</summary>
    NotCompared,

    /// <summary>It was judged not to be harmful: to list it would be a false alarm.</summary>
    Cleared,
}
