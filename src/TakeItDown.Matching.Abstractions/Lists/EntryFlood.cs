namespace TakeItDown.Matching;

/// <summary>An entry that matches far more uploads than expected.</summary>
/// <param name="Entry">The entry. Some registries name entries by their hashes: keep it out of logs.</param>
/// <param name="Uploads">How many uploads it matched in the window that runs.</param>
/// <param name="IsQuarantined">Whether what it finds is set apart.</param>
public sealed record EntryFlood(EntryKey Entry, int Uploads, bool IsQuarantined)
{
    /// <summary>The count, without the entry.</summary>
    public override string ToString() => $"EntryFlood({Uploads} uploads)";
}
