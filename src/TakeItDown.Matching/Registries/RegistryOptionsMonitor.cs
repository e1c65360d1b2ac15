using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace TakeItDown.Matching.Registries;

/// <summary>Options of a registry as they are now.</summary>
internal static class RegistryOptionsMonitor
{
    /// <exception cref="ListSourceException">They cannot be used.</exception>
    public static TOptions GetUsable<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        this IOptionsMonitor<TOptions> options, string name)
    {
        string reason;
        try
        {
            return options.Get(name);
        }
        catch (OptionsValidationException e)
        {
            reason = e.Message;
        }
        catch (InvalidOperationException)
        {
            // What binding says quotes the value, which may be a secret in the wrong place.
            reason = $"The options of the registry '{name}' cannot be read: a value in its section is none of the kind that belongs there.";
        }
        throw new ListSourceException(reason);
    }
}
