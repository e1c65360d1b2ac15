using System.CommandLine;
using System.CommandLine.Parsing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TakeItDown.Matching.Tool.Output;

namespace TakeItDown.Matching.Tool.Commands;

/// <summary>How to reach a registry, as several commands take it.</summary>
internal sealed class RegistryArguments
{
    private readonly Option<Uri> _root = new("--registry")
    {
        Description = "The registry's root, such as https://hashsharing.ncmec.org/npo.",
        HelpName = "URL",
        Required = true,
        CustomParser = ParseRoot,
    };

    private readonly Option<string> _user = new("--user")
    {
        Description = "The user name that the registry gave you.",
        HelpName = "NAME",
        Required = true,
    };

    private readonly Option<string> _variable = new("--password-env")
    {
        Description = "The environment variable that holds the password.",
        HelpName = "VAR",
        Required = true,
    };

    public void AddTo(Command command)
    {
        command.Add(_root);
        command.Add(_user);
        command.Add(_variable);
    }

    /// <summary>Reads the arguments into options.</summary>
    /// <exception cref="UsageException">There is no password.</exception>
    public Action<NcmecRegistryOptions> Read(ParseResult parsed)
    {
        var (root, user, variable) = (parsed.GetRequiredValue(_root), parsed.GetRequiredValue(_user), parsed.GetRequiredValue(_variable));
        if (Environment.GetEnvironmentVariable(variable) is not { Length: > 0 } password)
            throw new UsageException($"The environment variable {variable} holds no password.");
        return options => (options.Root, options.UserName, options.Password) = (root, user, password);
    }

    /// <summary>Checks the options, as a host does at its start.</summary>
    /// <exception cref="UsageException">They cannot be.</exception>
    public static void Check(IServiceProvider services)
    {
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
        }
        catch (OptionsValidationException invalid)
        {
            throw new UsageException(string.Join(' ', invalid.Failures));
        }
    }

    private static Uri? ParseRoot(ArgumentResult argument)
    {
        if (Uri.TryCreate(argument.Tokens[0].Value, UriKind.Absolute, out var root)) return root;
        argument.AddError("--registry takes a whole address, such as https://hashsharing.ncmec.org/npo.");
        return null;
    }
}
