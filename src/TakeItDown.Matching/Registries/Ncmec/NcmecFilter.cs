using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace TakeItDown.Matching.Registries.Ncmec;

/// <summary>Which part of which registry's list is kept.</summary>
internal sealed class NcmecFilter
{
    private readonly FrozenSet<string> _members;

    public NcmecFilter(NcmecRegistryOptions options)
    {
        // For every member the set is empty, as it was for a missing Members: a list that was read so goes on.
        _members = options.Members.Select(member => member.Trim()).Where(member => member != NcmecRegistryOptions.EveryMember).ToFrozenSet(StringComparer.Ordinal);
        Kinds = options.Kinds;
        Root = NcmecAddress.RootOf(options);
        // Read again from the beginning whatever was read with another address or filter: history that the old one left out is
        // otherwise missing for ever.
        var scope = string.Join('\n', [Root, $"{(int)Kinds}", .. _members.Order(StringComparer.Ordinal)]);
        Scope = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(scope)).AsSpan(0, 8));
    }

    /// <summary>The registry's address, without a slash at its end.</summary>
    public string Root { get; }

    /// <summary>The kinds of hash that are kept.</summary>
    public HashKinds Kinds { get; }

    /// <summary>Names what is asked of which registry, so that a cursor can tell whether it still fits.</summary>
    public string Scope { get; }

    /// <summary>The ids of the members whose entries are kept; empty where every member's are.</summary>
    public IReadOnlySet<string> Members => _members;

    /// <summary>Whether entries of a member are kept.</summary>
    public bool Keeps(string member) => _members.Count == 0 || _members.Contains(member);
}
