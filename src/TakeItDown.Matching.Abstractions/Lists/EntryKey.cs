namespace TakeItDown.Matching;

/// <summary>What names an entry on a registry's list: the member that submitted it, and the member's own id for it.</summary>
/// <param name="Member">The member's id.</param>
/// <param name="Id">The entry's id, unique within the member.</param>
public readonly record struct EntryKey(string Member, string Id)
{
    /// <summary>The name of the type: some registries name an entry by its hash.</summary>
    public override string ToString() => nameof(EntryKey);
}
