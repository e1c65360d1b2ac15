using System.Diagnostics;

namespace TakeItDown.Matching.Tests;

/// <summary>Runs programs where the system's libraries are not to be seen: in a mount namespace of their own, with an empty file over each library.</summary>
internal static class HiddenLibraries
{
    /// <summary>All that reading pictures takes of a system.</summary>
    public static readonly string[] OfPictures = ["libvips", "libglib-2.0", "libgobject-2.0", "libturbojpeg", "libjpeg", "libheif"];

    /// <summary>What keeps this machine from hiding anything; null if nothing does.</summary>
    public static string? Obstacle { get; } = OperatingSystem.IsLinux() ? Try() : "libraries are hidden as Linux finds them";

    /// <summary>Starts a program that does not see these libraries.</summary>
    public static ProcessStartInfo Start(IEnumerable<string> libraries, string program, params string[] arguments)
    {
        // The names come first, up to a pair of dashes.
        const string Script = """
            while [ "$1" != -- ]; do
                for file in /lib/*/"$1".so* /usr/lib/*/"$1".so* /lib/"$1".so* /usr/lib/"$1".so* /usr/lib64/"$1".so* /usr/local/lib/"$1".so*; do
                    [ ! -f "$file" ] || mount --bind /dev/null "$file"
                done
                shift
            done
            shift
            exec "$@"
            """;
        return new ProcessStartInfo("unshare", ["-rm", "sh", "-c", Script, "sh", .. libraries, "--", program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }

    private static string? Try()
    {
        try
        {
            using var process = Process.Start(Start([], "true"))!;
            process.WaitForExit();
            return process.ExitCode == 0 ? null : "this machine lets nobody make a mount namespace: " + process.StandardError.ReadToEnd().Trim();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "this machine has no program unshare";
        }
    }
}
