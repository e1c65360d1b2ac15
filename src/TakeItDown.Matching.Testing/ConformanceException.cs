namespace TakeItDown.Matching.Testing;

/// <summary>What was tried breaks a rule. The text says which, and how.</summary>
public sealed class ConformanceException : Exception
{
    /// <summary>Makes an exception without a rule.</summary>
    public ConformanceException() { }

    /// <summary>Makes an exception without a rule.</summary>
    public ConformanceException(string message) : base(message) { }

    /// <summary>Makes an exception without a rule.</summary>
    public ConformanceException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Makes an exception that says which rule is broken, and how.</summary>
    public ConformanceException(string rule, string promise, string? finding, Exception? innerException)
        : base($"Rule '{rule}' is broken: {promise} {finding ?? innerException?.Message}", innerException) => Rule = rule;

    /// <summary>The name of the rule; empty where there is none.</summary>
    public string Rule { get; } = "";
}
