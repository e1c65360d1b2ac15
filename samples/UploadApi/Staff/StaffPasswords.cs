using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace UploadApi.Staff;

/// <summary>Checks the password of staff, with the hash that ASP.NET Core Identity uses.</summary>
public sealed class StaffPasswords(IOptionsMonitor<StaffOptions> options)
{
    private const string Command = "hash-password";

    private static readonly PasswordHasher<string> Hasher = new();

    /// <summary>Whether anybody can sign in.</summary>
    public bool IsSet => options.CurrentValue.PasswordHash.Length > 0;

    /// <summary>Whether a name and a password are those of staff.</summary>
    public bool Check(string name, string password)
    {
        if (!IsSet) return false;
        var staff = options.CurrentValue;
        // Both are always compared: how long it takes tells nothing of the name.
        var isName = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(staff.Name));
        try
        {
            return Hasher.VerifyHashedPassword(staff.Name, staff.PasswordHash, password) != PasswordVerificationResult.Failed & isName;
        }
        catch (FormatException)
        {
            return false; // what is set is no hash
        }
    }

    /// <summary>Hashes a password for the configuration.</summary>
    public static string Hash(string password) => Hasher.HashPassword("", password);

    /// <summary>Answers <c>hash-password</c>: the hash of the line on standard input.</summary>
    public static bool Answers(string[] args)
    {
        if (args is not [Command]) return false;
        if (Console.ReadLine() is { Length: >= 12 } password) Console.WriteLine(Hash(password));
        else Console.Error.WriteLine("Write a password of at least 12 characters to standard input.");
        return true;
    }
}
