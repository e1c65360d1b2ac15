using System.CommandLine;
using System.CommandLine.Parsing;

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

    /// <summary>Refuses every other value, and offers these where a shell completes.</summary>
    public static void AcceptOneOf(this Option<string> option, string[] values)
    {
        option.CompletionSources.Add(values);
        option.Validators.Add(result => Check(result, option.Name, values));
    }

    /// <inheritdoc cref="AcceptOneOf(Option{string}, string[])"/>
    public static void AcceptOneOf(this Argument<string> argument, string[] values)
    {
        argument.CompletionSources.Add(values);
        argument.Validators.Add(result => Check(result, argument.Name, values));
    }

    private static void Check(SymbolResult result, string name, string[] values)
    {
        foreach (var token in result.Tokens.Where(token => !values.Contains(token.Value)))
            result.AddError($"{name} takes one of {string.Join(", ", values)}; not '{token.Value}'.");
    }

    /// <summary>Refuses what is no file; a pipe is one.</summary>
    public static Option<FileInfo> AcceptExistingFile(this Option<FileInfo> option)
    {
        option.Validators.Add(result =>
        {
            foreach (var path in result.Tokens.Select(token => token.Value).Where(path => !File.Exists(path)))
                result.AddError(Directory.Exists(path) ? $"{option.Name} takes a file, and '{path}' is a directory." : $"{option.Name}: there is no file '{path}'.");
        });
        return option;
    }
}
