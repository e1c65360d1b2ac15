namespace TakeItDown.Matching;

/// <summary>
/// How to read a list from a registry that speaks NCMEC's Hash Sharing protocol, version 2. The options may change while the process
/// runs: another password is used from the next request on; another root, other members or other kinds make the next refresh read the
/// list from its beginning, while the old list stays in use.
/// </summary>
public sealed class NcmecRegistryOptions
{
    /// <summary>What stands in <see cref="Members"/> for every member.</summary>
    internal const string EveryMember = "*";

    /// <summary>
    /// The address under which the registry serves <c>/v2/entries</c>, such as <c>https://hashsharing.ncmec.org/npo</c>. It must be
    /// HTTPS, since the password rides along; plain HTTP is accepted for this machine only.
    /// </summary>
    public Uri? Root { get; set; }

    /// <summary>The user name that the registry gave to the platform.</summary>
    public string UserName { get; set; } = "";

    /// <summary>The password that belongs to the user name. Take it from a secret store, never from a file in the source tree.</summary>
    public string Password { get; set; } = "";

    /// <summary>
    /// The ids of the members whose entries are kept, such as the Take It Down user's; the registry names them under
    /// <c>/v2/members</c>. It must be set: a single <c>*</c> keeps the entries of every member. A list that was never
    /// complete is not read while one of the ids is unknown to the registry; the error names the members that exist.
    /// </summary>
    /// <value>There is no default.</value>
    public IList<string> Members { get; } = [];

    /// <summary>The kinds of hash that are kept.</summary>
    /// <value>The default is every kind that this library knows.</value>
    public HashKinds Kinds { get; set; } = HashKinds.All;

    /// <summary>The name of the type, never an address or a secret.</summary>
    public override string ToString() => nameof(NcmecRegistryOptions);
}
