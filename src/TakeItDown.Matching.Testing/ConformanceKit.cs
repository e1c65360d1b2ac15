namespace TakeItDown.Matching.Testing;

/// <summary>Rules that an implementation of a contract must keep, tried on one of them.</summary>
/// <remarks>
/// Run each rule as a test of its own: <see cref="Rules"/> is fit for the rows of a parametrised test, and <see cref="CheckAsync(string, CancellationToken)"/> for its
/// body. A rule is independent of the others, and may run beside them.
/// </remarks>
public sealed class ConformanceKit
{
    private readonly Dictionary<string, Rule> _rules;

    internal ConformanceKit(IEnumerable<Rule> rules) => _rules = rules.ToDictionary(rule => rule.Name, StringComparer.Ordinal);

    /// <summary>The names of the rules, in the order in which it is best to see to them.</summary>
    public IReadOnlyList<string> Rules => [.. _rules.Keys];

    /// <summary>What a rule asks for, as a sentence.</summary>
    public string Describe(string rule) => _rules[rule].Promise;

    /// <summary>Tries one rule.</summary>
    /// <exception cref="ConformanceException">The rule is broken.</exception>
    public async Task CheckAsync(string rule, CancellationToken cancellationToken = default)
    {
        var (name, promise, check) = _rules[rule];
        try
        {
            await check(cancellationToken).ConfigureAwait(false);
        }
        catch (Finding finding)
        {
            throw new ConformanceException(name, promise, finding.Message, innerException: null);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ConformanceException(name, promise, $"It threw {e.GetType().Name}: {e.Message}", e);
        }
    }

    /// <summary>Tries every rule, and tells of the first that is broken.</summary>
    /// <exception cref="ConformanceException">A rule is broken.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken = default)
    {
        foreach (var rule in Rules) await CheckAsync(rule, cancellationToken).ConfigureAwait(false);
    }
}

/// <param name="Name">What a test is named by.</param>
/// <param name="Promise">What is asked for.</param>
/// <param name="CheckAsync">Tries it; throws a <see cref="Finding"/>, or anything else, where it is broken.</param>
internal sealed record Rule(string Name, string Promise, Func<CancellationToken, Task> CheckAsync);

/// <summary>What a rule found.</summary>
internal sealed class Finding(string message) : Exception(message)
{
    public static void Unless(bool holds, string message)
    {
        if (!holds) throw new Finding(message);
    }

    public static async Task ExpectsAsync<TException>(Func<Task> action, string message) where TException : Exception
    {
        try
        {
            await action().ConfigureAwait(false);
        }
        catch (TException)
        {
            return;
        }
        throw new Finding(message);
    }
}
