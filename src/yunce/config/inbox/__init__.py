"""The watched folder: files put there are brought in without anybody clicking."""
