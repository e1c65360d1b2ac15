using System.CommandLine;

namespace TakeItDown.Matching.Tool.Commands;

/// <summary>Arguments that several commands take alike.</summary>
internal static class SharedArguments
{
    public static Argument<string[]> Paths()
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Files; directories are walked, but for links to directories; '-' reads paths from standard input, one a line.",
            Arity = ArgumentArity.OneOrMore,
        };
        // A mistyped option would otherwise be a file that is missing.
        paths.Validators.Add(result =>
        {
            foreach (var name in result.Tokens.Select(token => token.Value).Where(name => name.StartsWith('-') && name != "-" && !Path.Exists(name)))
                result.AddError($"There is no option '{name}'.");
        });
        return paths;
    }
}
