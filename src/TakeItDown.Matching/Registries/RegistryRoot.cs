namespace TakeItDown.Matching.Registries;

/// <summary>Which addresses credentials may be sent to.</summary>
internal static class RegistryRoot
{
    /// <summary>What is wrong with an address, and what to change; null where it is sound.</summary>
    /// <param name="root">The address.</param>
    /// <param name="example">One that would do.</param>
    public static string? Failure(Uri? root, string example)
    {
        if (root is null) return $"Root is missing; set it to the registry's address ({example}, say).";
        if (!root.IsAbsoluteUri) return "Root is not a whole address; https:// and the host must come first.";
        if (root.Scheme != Uri.UriSchemeHttps && !(root.Scheme == Uri.UriSchemeHttp && root.IsLoopback))
            return "Root is not HTTPS, and the credentials would travel in the clear; use https:// (http:// is accepted for this machine only).";
        if (root.UserInfo.Length != 0) return "Root holds credentials; take them out and set the options that are meant for them.";
        if (root.Query.Length != 0 || root.Fragment.Length != 0) return "Root holds a query or a fragment; end it before the '?' or '#'.";
        return null;
    }
}
