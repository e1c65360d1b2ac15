using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace TakeItDown.Matching.Options;

/// <summary>
/// Options as they are now or, where a change to them cannot be used, as they were before it: a slip in a configuration file must not make
/// every upload fail. It is for options without secrets, since what validation says of a value is logged.
/// </summary>
internal sealed partial class SteadyOptions<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
    IOptionsMonitor<TOptions> monitor, ILogger<SteadyOptions<TOptions>> logger)
    where TOptions : class
{
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <summary>The options of a name.</summary>
    /// <exception cref="OptionsValidationException">They were never valid.</exception>
    public TOptions Get(string name = "")
    {
        try
        {
            var current = monitor.Get(name);
            if (!_known.TryGetValue(name, out var known) || known.Value != current || known.IsOutdated) _known[name] = new Known(current, IsOutdated: false);
            return current;
        }
        // The second is what binding throws at a value of the wrong type.
        catch (Exception exception) when (exception is OptionsValidationException or InvalidOperationException && _known.TryGetValue(name, out var known))
        {
            // What binding says quotes the value, and somebody may have put a hash where none belongs.
            var reason = exception is OptionsValidationException ? exception.Message : "One of its values is of the wrong type.";
            if (!known.IsOutdated && _known.TryUpdate(name, known with { IsOutdated = true }, known)) LogInvalid(logger, typeof(TOptions).Name, name, reason);
            return known.Value;
        }
    }

    [LoggerMessage(200, LogLevel.Error, "A change to {Options} '{Name}' cannot be used; what held before it goes on to hold. {Reason}", EventName = "OptionsInvalid")]
    private static partial void LogInvalid(ILogger logger, string options, string name, string reason);

    private sealed record Known(TOptions Value, bool IsOutdated);
}
