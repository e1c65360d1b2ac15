using System.CommandLine;

namespace TakeItDown.Matching.Tool.Commands;

/// <summary>Arguments that several commands take alike.</summary>
internal static class SharedArguments
{
    public static Argument<string[]> Paths() => new("PATH")
    {
        Description = "Files; directories are walked, but for links to directories; '-' reads paths from standard input, one a line.",
        Arity = ArgumentArity.OneOrMore,
    };
}
