using Microsoft.Extensions.Options;

namespace Registry;

/// <summary>The settings of the registry: section <c>Registry</c> of the configuration.</summary>
public sealed class RegistryOptions
{
    /// <summary>The path of the database file; it is made, readable by its owner only, where there is none.</summary>
    public string Database { get; set; } = "registry.db";

    /// <summary>The path under which members find the protocol: <c>{Root}/v2/entries</c>.</summary>
    public string Root { get; set; } = "/npo";

    /// <summary>The most entries on one page, 1 to 10,000.</summary>
    public int PageSize { get; set; } = 1000;

    /// <summary>The id of the member that people's submissions are entries of.</summary>
    public long TakeItDownMember { get; set; } = 1;

    /// <summary>Who shares the list. At least one needs a user and a password, or nobody could read it.</summary>
    public IList<MemberOptions> Members { get; } = [];

    /// <summary>Who keeps this list, as the page tells people before they send; none for a trial, which the page then says it is.</summary>
    public string? Keeper { get; set; }

    /// <summary>Whether the page offers translations that no native reader has reviewed. They are marked as drafts; a wrong word in a crisis harms.</summary>
    public bool ShowDraftLanguages { get; set; }

    /// <summary>How many submissions a minute one address may make, 1 to 1,000.</summary>
    public int SubmissionsPerMinute { get; set; } = 6;

    /// <summary>How many times a minute one address may look up or withdraw a case, 1 to 1,000.</summary>
    public int LookupsPerMinute { get; set; } = 12;
}

/// <summary>One member of the registry.</summary>
public sealed class MemberOptions
{
    /// <summary>The member's id.</summary>
    public long Id { get; set; }

    /// <summary>The name that other members see.</summary>
    public string Name { get; set; } = "";

    /// <summary>The user name for HTTP Basic; none for a member that only has entries on the list.</summary>
    public string? User { get; set; }

    /// <summary>The password for HTTP Basic. Give it through the environment or a secret store, not in a file.</summary>
    public string? Password { get; set; }

    /// <summary>The ids of the members whose entries this one may see; empty for all of them.</summary>
    public IList<long> Sees { get; } = [];
}

internal sealed class RegistryOptionsValidator : IValidateOptions<RegistryOptions>
{
    public ValidateOptionsResult Validate(string? name, RegistryOptions options)
    {
        var problems = Problems(options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(RegistryOptions options)
    {
        if (options.Database.Length == 0) yield return "Registry:Database must name a file.";
        if (!options.Root.StartsWith('/') || options.Root.EndsWith('/')) yield return "Registry:Root must start with a slash and not end with one, as /npo.";
        if (options.PageSize is < 1 or > 10_000) yield return "Registry:PageSize must be 1 to 10000.";
        if (options.SubmissionsPerMinute is < 1 or > 1000) yield return "Registry:SubmissionsPerMinute must be 1 to 1000.";
        if (options.LookupsPerMinute is < 1 or > 1000) yield return "Registry:LookupsPerMinute must be 1 to 1000.";
        if (!options.Members.Any(member => member.User is not null))
            yield return "No member can read the list: set Registry:Members:0:Id, :Name, :User and :Password (README.md of this sample shows how).";
        foreach (var member in options.Members)
        {
            if (member.Name.Length == 0) yield return $"Registry:Members: the member with id {member.Id} needs a Name.";
            if (member.Id == options.TakeItDownMember) yield return $"Registry:Members: id {member.Id} is that of Take It Down.";
            if (member.User is { } user && (user.Length == 0 || user.Contains(':')))
                yield return $"Registry:Members: the User of member {member.Id} must not be empty or hold a colon.";
            if (member.User is not null != member.Password is { Length: > 0 })
                yield return $"Registry:Members: member {member.Id} needs both a User and a Password, or neither.";
        }
        foreach (var twice in options.Members.GroupBy(member => member.Id).Where(group => group.Count() > 1))
            yield return $"Registry:Members: id {twice.Key} is given twice.";
        foreach (var twice in options.Members.Where(member => member.User is not null).GroupBy(member => member.User).Where(group => group.Count() > 1))
            yield return $"Registry:Members: user {twice.Key} is given twice.";
    }
}
