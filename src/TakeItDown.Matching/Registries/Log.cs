using Microsoft.Extensions.Logging;

namespace TakeItDown.Matching.Registries;

/// <summary>What the clients of registries say in logs: names of lists, counts, times and reasons; never a hash, a secret or an address's query.</summary>
internal static partial class Log
{
    [LoggerMessage(110, LogLevel.Warning, "The registry '{List}' failed at attempt {Attempt}: {Reason}. It is asked again in {Pause}.")]
    public static partial void RequestRetried(ILogger logger, string list, int attempt, TimeSpan pause, string reason);

    [LoggerMessage(111, LogLevel.Information, "The registry '{List}' is read again from {From:u} to about {To:u}: it no longer knew the place or failed there, or its clock differs from ours.")]
    public static partial void WindowRestarted(ILogger logger, string list, DateTimeOffset from, DateTimeOffset to);

    [LoggerMessage(112, LogLevel.Warning, "The clock of the registry '{List}' differs from ours by {Skew}. Freshness is told by ours: set it right.")]
    public static partial void ClockSkewed(ILogger logger, string list, TimeSpan skew);

    [LoggerMessage(113, LogLevel.Information, "The registry '{List}' is asked again for all that has changed: it no longer knew the place.")]
    public static partial void SetRestarted(ILogger logger, string list);

    [LoggerMessage(116, LogLevel.Error, "The registry '{List}' counts more entries from {From:u} to {To:u} than it sent; they are read again.")]
    public static partial void WindowDrifted(ILogger logger, string list, DateTimeOffset from, DateTimeOffset to);

    [LoggerMessage(127, LogLevel.Information, "Of list '{List}' the entries of these members are kept: {Members}.")]
    public static partial void MembersKept(ILogger logger, string list, string members);

    [LoggerMessage(128, LogLevel.Error, "The registry '{List}' lacks members that are asked for: {Reason}. What is known of them stays in use; correct Members.")]
    public static partial void MembersMissing(ILogger logger, string list, string reason);

    [LoggerMessage(129, LogLevel.Warning, "The members of the registry '{List}' could not be looked up, so that a wrong id in Members would not show: {Reason}.")]
    public static partial void MembersUnknown(ILogger logger, string list, string reason);

    [LoggerMessage(130, LogLevel.Warning, "What the registry '{List}' counts is not what it shows, however often it is asked: its numbers are taken for its own. All that it shows is kept, and every such window is compared again within a day. Ask the registry whether your account may see all entries.")]
    public static partial void NumbersDiffer(ILogger logger, string list);

    [LoggerMessage(133, LogLevel.Warning, "The names of the categories of the registry '{List}' could not be read; matches show their ids until the next start. {Reason}")]
    public static partial void CategoriesUnknown(ILogger logger, string list, string reason);
}
