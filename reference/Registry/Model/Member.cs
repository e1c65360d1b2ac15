using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Registry.Model;

/// <summary>A member that has signed in.</summary>
internal sealed record Member(long Id, string User, IReadOnlyList<long> Sees)
{
    public bool SeesAll => Sees.Count == 0;

    public bool CanSee(long member) => SeesAll || Sees.Contains(member);

    /// <summary>Lets an endpoint take the member as a parameter; <c>MemberAuthentication</c> has set it before.</summary>
    public static ValueTask<Member?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<Member>());
}

/// <summary>Who shares the list, by the settings.</summary>
internal sealed class MemberDirectory
{
    // Passwords are kept as keyed digests of "user:password", the key is forgotten with the process.
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly List<(byte[] Digest, Member Member)> _readers = [];
    private readonly SortedDictionary<long, string> _names = [];

    public MemberDirectory(IOptions<RegistryOptions> options)
    {
        TakeItDown = options.Value.TakeItDownMember;
        _names.Add(TakeItDown, "Take It Down");
        foreach (var member in options.Value.Members)
        {
            _names.Add(member.Id, member.Name);
            if (member.User is not null)
                _readers.Add((Digest(Encoding.UTF8.GetBytes($"{member.User}:{member.Password}")), new Member(member.Id, member.User, [.. member.Sees])));
        }
    }

    /// <summary>The member that people's submissions are entries of.</summary>
    public long TakeItDown { get; }

    public IReadOnlyDictionary<long, string> Names => _names;

    /// <summary>The platforms that take part, as people know them: the members that read what people submit, by name.</summary>
    public IReadOnlyList<(long Id, string Name)> Platforms =>
        [.. _readers.Where(reader => reader.Member.CanSee(TakeItDown)).Select(reader => (reader.Member.Id, _names[reader.Member.Id]))];

    public bool Knows(long id) => _names.ContainsKey(id);

    public bool HasUser(string user) => _readers.Exists(reader => reader.Member.User == user);

    /// <summary>Finds the member with a user name and password, given as <c>user:password</c> in UTF-8. Every answer takes as long.</summary>
    public Member? Find(ReadOnlySpan<byte> credentials)
    {
        var digest = Digest(credentials);
        Member? found = null;
        foreach (var (expected, member) in _readers)
        {
            if (CryptographicOperations.FixedTimeEquals(digest, expected)) found = member;
        }
        return found;
    }

    private byte[] Digest(ReadOnlySpan<byte> credentials) => HMACSHA256.HashData(_key, credentials);
}
