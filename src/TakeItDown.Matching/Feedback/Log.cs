using Microsoft.Extensions.Logging;

namespace TakeItDown.Matching.Feedback;

/// <summary>What is said of feedback in logs: the list, the kind of hash and why; never the entry, which a registry may name by its hash.</summary>
internal static partial class Log
{
    [LoggerMessage(120, LogLevel.Information, "The registry '{List}' took feedback on a {Kind}.")]
    public static partial void FeedbackSent(ILogger logger, string list, string kind);

    [LoggerMessage(121, LogLevel.Error, "The registry '{List}' refuses feedback on a {Kind}: {Reason}. It is not sent again.")]
    public static partial void FeedbackRefused(ILogger logger, string list, string kind, string reason);

    [LoggerMessage(122, LogLevel.Warning, "Feedback for the registry '{List}' waits, and is tried again. {Reason}")]
    public static partial void FeedbackDelayed(ILogger logger, string list, string reason);

    [LoggerMessage(123, LogLevel.Warning, "The feedback reasons of the registry '{List}' could not be read; those known from before are used. {Reason}")]
    public static partial void ReasonsOutdated(ILogger logger, string list, string reason);
}
