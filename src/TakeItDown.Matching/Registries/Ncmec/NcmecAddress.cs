namespace TakeItDown.Matching.Registries.Ncmec;

/// <summary>Where a path below the registry's root leads.</summary>
internal static class NcmecAddress
{
    /// <summary>The registry's address, without a slash at its end.</summary>
    public static string RootOf(NcmecRegistryOptions options) => options.Root!.AbsoluteUri.TrimEnd('/');

    /// <summary>Resolves a path that may come from the registry itself.</summary>
    /// <exception cref="RegistryRequestException">It leads out of the root: credentials must not go there.</exception>
    public static Uri Resolve(string root, string path)
    {
        // A path is appended as it stands; a whole address is accepted if it stays below the root.
        var text = path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal) ? root + path : path;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.UserInfo.Length == 0
            && address.AbsoluteUri.StartsWith(root + "/", StringComparison.Ordinal))
        {
            return address;
        }
        throw new RegistryRequestException("it named a next page outside of its own address, and the credentials must not follow");
    }
}
