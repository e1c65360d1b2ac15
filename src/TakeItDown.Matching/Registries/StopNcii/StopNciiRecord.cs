using System.Buffers.Text;
using System.Security.Cryptography;

namespace TakeItDown.Matching.Registries.StopNcii;

/// <summary>What a record of the list says of a hash.</summary>
internal enum StopNciiStatus
{
    /// <summary>Nothing that is known.</summary>
    Unknown = 0,

    /// <summary>Received or active.</summary>
    Live,

    /// <summary>Withdrawn or deleted.</summary>
    Gone,
}

/// <summary>One record of the list, as far as it could be read.</summary>
internal struct StopNciiRecord
{
    /// <summary>Who submitted every entry of this list, as far as the list tells.</summary>
    private const string Member = "StopNCII";

    /// <summary>Whether the record is of a kind of hash that this library knows; others are passed over.</summary>
    public bool IsKnownKind { get; set; }

    public MediaKind Media { get; set; }

    public HashValue? Hash { get; set; }

    public StopNciiStatus Status { get; set; }

    public DateTimeOffset? Timestamp { get; set; }

    /// <summary>Adds the record to a page.</summary>
    public readonly void AddTo(PageBuilder page)
    {
        if (!IsKnownKind) return;
        if (Hash is not { } hash || Status == StopNciiStatus.Unknown || (Status == StopNciiStatus.Live && Timestamp is null)) page.Reject();
        else if (Status == StopNciiStatus.Gone) page.Remove(new ListRemoval(Key(hash), Timestamp));
        else page.Add(new ListEntry { Key = Key(hash), Media = Media, Timestamp = Timestamp!.Value, Hashes = [hash] });
    }

    /// <summary>The list names entries by their hashes alone. A key shows in results and logs, where no hash may, and so it is a digest of the hash.</summary>
    private static EntryKey Key(HashValue hash)
    {
        Span<byte> content = stackalloc byte[1 + hash.Bytes.Length], digest = stackalloc byte[SHA256.HashSizeInBytes];
        content[0] = (byte)hash.Kind;
        hash.Bytes.CopyTo(content[1..]);
        SHA256.HashData(content, digest);
        return new EntryKey(Member, Base64Url.EncodeToString(digest[..16]));
    }
}
